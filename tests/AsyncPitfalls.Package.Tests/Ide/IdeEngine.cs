using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Package.Tests.Ide;

/// <summary>One line of a light bulb's menu, and the scopes of "Fix all occurrences" below it, with Roslyn's own record of what to fix there.</summary>
public sealed record Offer(CodeAction Action, CodeFixProvider Provider, IReadOnlyList<FixAllScope> Scopes, object? FixAllState);

/// <summary>
/// The IDE's own services, without an IDE: a solution is opened as VS Code opens it, its live diagnostics and light bulbs are asked for.
/// The services are internal to Roslyn, so this file, and no other, finds them by reflection.
/// </summary>
public sealed class IdeEngine
{
    private static readonly Assembly Features = Assembly.Load("Microsoft.CodeAnalysis.Features");
    private static readonly Assembly MSBuild = Assembly.Load("Microsoft.CodeAnalysis.Workspaces.MSBuild");

    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Workspace _workspace;
    private readonly object _lightBulbs;
    private readonly object _squiggles;
    private readonly object _fixAll;

    public IdeEngine()
    {
        var host = MefHostServices.Create([.. MefHostServices.DefaultAssemblies, Features, Assembly.Load("Microsoft.CodeAnalysis.CSharp.Features"), MSBuild]);
        _workspace = (Workspace)TypeIn(MSBuild, "Microsoft.CodeAnalysis.MSBuild.MSBuildWorkspace").GetMethod("Create", [typeof(HostServices)])!.Invoke(null, [host])!;

        var exports = typeof(MefHostServices).GetInterface("IMefHostExportProvider")!.GetMethods().Single(method => method.GetGenericArguments().Length == 1);
        var lightBulbs = (IEnumerable)exports.MakeGenericMethod(TypeIn(Features, "Microsoft.CodeAnalysis.CodeFixes.ICodeFixService")).Invoke(host, [])!;
        _lightBulbs = Get(lightBulbs.Cast<object>().Single(), "Value")!;

        _squiggles = Service("Microsoft.CodeAnalysis.Diagnostics.IDiagnosticAnalyzerService");
        _fixAll = Service("Microsoft.CodeAnalysis.CodeFixesAndRefactorings.IFixAllGetFixesService");
    }

    public async Task<Solution> OpenAsync(string path)
    {
        var solution = await (Task<Solution>)Call(_workspace, "OpenSolutionAsync", path);
        var problems = ((IEnumerable)Get(_workspace, "Diagnostics")!).Cast<WorkspaceDiagnostic>();
        Assert.DoesNotContain(problems, problem => problem.Kind == WorkspaceDiagnosticKind.Failure);
        return solution;
    }

    /// <summary>What is underlined in the document while it is open: suppressed findings are not.</summary>
    public async Task<IReadOnlyList<Diagnostic>> SquigglesAsync(Document document)
    {
        var asked = (Task)Call(_squiggles, "GetDiagnosticsForSpanAsync", document);
        await asked;
        List<Diagnostic> shown = [];
        foreach (var finding in (IEnumerable)Get(asked, "Result")!)
        {
            if (!(bool)Get(finding, "IsSuppressed")!)
                shown.Add(await (Task<Diagnostic>)Call(finding, "ToDiagnosticAsync", document.Project));
        }

        return shown;
    }

    /// <summary>What the light bulb offers for what is under the caret, whoever offers it.</summary>
    public async Task<IReadOnlyList<Offer>> LightBulbAsync(Document document, TextSpan caret)
    {
        List<Offer> offers = [];
        await foreach (var collection in (IAsyncEnumerable<object>)Call(_lightBulbs, "StreamFixesAsync", document, caret))
        {
            var scopes = ((IEnumerable<FixAllScope>)Get(collection, "SupportedScopes")!).ToList();
            var fixes = ((IEnumerable)Get(collection, "Fixes")!).Cast<object>();
            if (Get(collection, "Provider") is CodeFixProvider provider)
                offers.AddRange(fixes.Select(fix => new Offer((CodeAction)Get(fix, "Action")!, provider, scopes, Get(collection, "FixAllState"))));
        }

        return offers;
    }

    /// <summary>What "Fix all occurrences" makes of the solution.</summary>
    public async Task<Solution> FixAllAsync(Document document, Offer offer, FixAllScope scope)
    {
        var state = Call(offer.FixAllState!, "With", document, document.Project, scope, offer.Action.EquivalenceKey!);
        var progress = Get(TypeIn(typeof(Workspace).Assembly, "Microsoft.CodeAnalysis.CodeAnalysisProgress"), null, "None");
        var context = Activator.CreateInstance(typeof(FixAllContext), Any, null, [state, progress, CancellationToken.None], null)!;
        return await (Task<Solution>)Call(_fixAll, "GetFixAllChangedSolutionAsync", context);
    }

    /// <summary>What a click on the line of the light bulb makes of the solution.</summary>
    public static async Task<Solution> FixAsync(Offer offer) =>
        (await offer.Action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private object Service(string name) => typeof(HostWorkspaceServices).GetMethod(nameof(HostWorkspaceServices.GetRequiredService))!
        .MakeGenericMethod(TypeIn(Features, name)).Invoke(_workspace.Services, [])!;

    private static Type TypeIn(Assembly assembly, string name) =>
        assembly.GetType(name) ?? throw new MissingMemberException($"{assembly} has no {name}; the SDK's Roslyn has changed inside.");

    private static object? Get(object target, string member) => Get(target.GetType(), target, member);

    private static object? Get(Type type, object? target, string member) =>
        type.GetProperty(member, Any) is { } property ? property.GetValue(target)
        : type.GetField(member, Any) is { } field ? field.GetValue(target)
        : throw new MissingMemberException($"{type} has no {member}; the SDK's Roslyn has changed inside.");

    /// <summary>Calls the method that takes all these arguments and the least else.</summary>
    private static object Call(object target, string name, params object[] arguments)
    {
        var methods = target.GetType().GetInterfaces().Prepend(target.GetType()).SelectMany(type => type.GetMethods(Any));
        var method = methods.Where(method => method.Name == name && arguments.All(argument => method.GetParameters().Any(parameter => parameter.ParameterType.IsInstanceOfType(argument))))
            .MinBy(method => method.GetParameters().Length) ?? throw new MissingMemberException($"{target.GetType()} has no {name}; the SDK's Roslyn has changed inside.");
        return method.Invoke(target, [.. method.GetParameters().Select(parameter => ArgumentFor(parameter.ParameterType, arguments))])!;
    }

    // What these tests have nothing to say about is "all", else nothing, as in the calls of the IDE.
    private static object? ArgumentFor(Type type, object[] arguments) =>
        arguments.FirstOrDefault(type.IsInstanceOfType)
        ?? (type.IsValueType && type.GetMember("All", Any).Length > 0 ? Get(type, null, "All") : type.IsValueType ? Activator.CreateInstance(type) : null);
}
