namespace AsyncPitfalls.Semantics;

/// <summary>What the flow of completion asks about single operations, given the state before them.</summary>
internal sealed class CompletionQuestions
{
    public CompletionQuestions(AsyncModel model)
    {
        Model = model;
        Paths = new ValuePaths(model);
        Values = new CompletedValues(this);
        Collections = new TaskCollections(this);
        Guards = new CompletionGuards(this);
        Assertions = new CompletionAssertions(this);
        Patterns = new CompletionPatterns(this);
        Assignments = new CompletionAssignments(this);
        Lessons = new CompletionLessons(this);
    }

    public AsyncModel Model { get; }

    public WrittenLambdas Lambdas { get; } = new();

    public ValuePaths Paths { get; }

    public CompletedValues Values { get; }

    public TaskCollections Collections { get; }

    public CompletionGuards Guards { get; }

    public CompletionAssertions Assertions { get; }

    public CompletionPatterns Patterns { get; }

    public CompletionAssignments Assignments { get; }

    public CompletionLessons Lessons { get; }
}
