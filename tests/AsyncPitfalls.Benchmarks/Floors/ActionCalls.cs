namespace AsyncPitfalls.Benchmarks.Floors;

/// <summary>What is called in the place of the actions that an analyzer has registered.</summary>
internal abstract class ActionCalls
{
    /// <summary>Nothing at all.</summary>
    public static readonly ActionCalls None = new NoCalls();

    /// <summary>What is called instead of an action.</summary>
    public abstract Action<T> InsteadOf<T>(Action<T> action);

    /// <summary>What is called instead of an action that only registers others, for a part of the code.</summary>
    public abstract Action<T> InsteadOfStart<T>(Action<T> action);

    private sealed class NoCalls : ActionCalls
    {
        public override Action<T> InsteadOf<T>(Action<T> action) => static _ => { };

        public override Action<T> InsteadOfStart<T>(Action<T> action) => static _ => { };
    }
}
