using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which calls log, and so return only when the line is handed to every sink: those of Microsoft.Extensions.Logging,
/// Serilog, NLog, log4net, <c>System.Diagnostics</c>, the console, and of the types that an option names.
/// </summary>
internal sealed class Loggers(AsyncModel model)
{
    /// <summary>More types whose members log synchronously, such as an audit log of one's own.</summary>
    public static readonly RuleOption<SymbolList> LoggingTypes =
        RuleOption.Symbols("logging_types", "MyApp.AuditLog|T:MyApp.Diagnostics.Journal", RuleCatalog.AP0005);

    /// <summary>Whether a call logs and returns nothing that could be awaited.</summary>
    public bool IsLogging(IInvocationOperation call) => IsLogging(call.TargetMethod, call.Instance, call.Syntax.SyntaxTree);

    /// <summary>The same for a method group, such as <c>Console.WriteLine</c> in <c>Task.Run(Console.WriteLine)</c>.</summary>
    public bool IsLogging(IMethodReferenceOperation method) => IsLogging(method.Method, method.Instance, method.Syntax.SyntaxTree);

    /// <summary>
    /// The offload that a call is: <c>Task.Run</c>, <c>StartNew</c> or <c>QueueUserWorkItem</c> with a delegate that does
    /// nothing but log; null for all other calls.
    /// </summary>
    public OffloadedLogging? OffloadedBy(IInvocationOperation call) => OffloadedLogging.Of(call, model);

    /// <summary>
    /// Whether a call is a member of <c>Console.Out</c>, <c>Error</c> or <c>In</c> that returns a task. These are
    /// synchronized (<c>TextWriter.Synchronized</c>, <c>SyncTextReader</c>): the task has completed when the call returns.
    /// </summary>
    public bool IsConsoleTask(IInvocationOperation call, CancellationToken cancellation) =>
        model.Awaitables.IsTaskOrValueTask(call.Type) && IsOnConsole(call.TargetMethod, call.Instance, cancellation);

    /// <summary>Whether a type is a logger, such as what <c>LogManager.GetLogger</c> and <c>ForContext</c> return.</summary>
    public bool IsLogger(ITypeSymbol? type) =>
        KnownTypes.SameOrBelow(type, model.Types.Logger)
        || KnownTypes.SameOrBelow(type, model.Types.SerilogLogger)
        || KnownTypes.Same(type, model.Types.SerilogLog)
        || KnownTypes.SameOrBelow(type, model.Types.NLogLoggerBase)
        || KnownTypes.SameOrBelow(type, model.Types.NLogLogger)
        || KnownTypes.SameOrBelow(type, model.Types.Log4NetLog)
        || KnownTypes.SameOrBelow(type, model.Types.EventSource);

    /// <summary>Which of <c>Out</c>, <c>Error</c> and <c>In</c> of the console an operation reads, directly or through a local; null for all others.</summary>
    public IPropertySymbol? ConsoleStream(IOperation? operation, CancellationToken cancellation) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "Out" or "Error" or "In" } property }
            when KnownTypes.Same(property.ContainingType, model.Types.Console) => property,
        ILocalReferenceOperation local => ConsoleStream(Locals.OnlyValueOf(local, cancellation), cancellation),
        IConversionOperation conversion => ConsoleStream(conversion.Operand, cancellation),
        _ => null,
    };

    private bool IsLogging(IMethodSymbol method, IOperation? instance, SyntaxTree file)
    {
        if (LoggingTypes.In(file, model) is { IsEmpty: false } named && (named.Holds(method) || named.HoldsType(method.ContainingType)))
            return model.Awaitables.ResultOf(method.ReturnType) is null;
        if (!method.ReturnsVoid)
            return false;
        return method.MethodKind == MethodKind.DelegateInvoke
            ? IsLoggerMessageDelegate(method.ContainingType)
            : IsExtensionsLogging(method) || IsThirdPartyLogging(method) || IsDiagnostics(method) || IsConsole(method, instance);
    }

    private bool IsExtensionsLogging(IMethodSymbol method) =>
        Declares(model.Types.Logger, method)
        || KnownTypes.Same(method.ContainingType, model.Types.LoggerExtensions)
        || Has(method, model.Types.LoggerMessageAttribute);

    /// <summary>What <c>LoggerMessage.Define</c> makes: an <c>Action</c> from a logger, values and an exception.</summary>
    private bool IsLoggerMessageDelegate(INamedTypeSymbol type) =>
        type.TypeArguments.Length >= 2
        && KnownTypes.Same(type.TypeArguments[0], model.Types.Logger)
        && KnownTypes.Same(type.TypeArguments[type.TypeArguments.Length - 1], model.Types.Exception);

    private bool IsThirdPartyLogging(IMethodSymbol method) =>
        !IsUpkeep(method)
        && (Declares(model.Types.SerilogLogger, method)
            || KnownTypes.Same(method.ContainingType, model.Types.SerilogLog)
            || Declares(model.Types.NLogLoggerInterface, method)
            || Declares(model.Types.NLogLoggerBase, method)
            || Declares(model.Types.NLogLogger, method)
            || Declares(model.Types.Log4NetLog, method));

    private bool IsDiagnostics(IMethodSymbol method) =>
        !IsUpkeep(method)
        && (KnownTypes.Same(method.ContainingType, model.Types.Trace)
            || KnownTypes.Same(method.ContainingType, model.Types.Debug)
            || Declares(model.Types.TraceSource, method)
            || IsEvent(method));

    /// <summary>An event of an <c>EventSource</c>: its own <c>Write…</c>, or a method of a derived type, unless that says it is none.</summary>
    private bool IsEvent(IMethodSymbol method) =>
        !method.IsStatic && !method.IsOverride
        && KnownTypes.SameOrBelow(method.ContainingType, model.Types.EventSource)
        && !Has(method, model.Types.NonEventAttribute);

    private bool IsConsole(IMethodSymbol method, IOperation? instance) =>
        method.Name is "Write" or "WriteLine"
        && (KnownTypes.Same(method.ContainingType, model.Types.Console) || IsOnConsole(method, instance, CancellationToken.None));

    /// <summary>Whether a method is called on one of the console's streams, whose types say no more of them than that they are writers or readers.</summary>
    private bool IsOnConsole(IMethodSymbol method, IOperation? instance, CancellationToken cancellation) =>
        (KnownTypes.Same(method.ContainingType, model.Types.TextWriter) || KnownTypes.Same(method.ContainingType, model.Types.TextReader))
        && ConsoleStream(instance, cancellation) is not null;

    /// <summary>What loggers do beside logging: closing and flushing really write, and assertions check something.</summary>
    private static bool IsUpkeep(IMethodSymbol method) =>
        method.Name is "Flush" or "Close" or "CloseAndFlush" or "Dispose" or "Refresh" or "Indent" or "Unindent" or "Assert" or "Swallow";

    /// <summary>Whether a method is declared by a logger's type, or overrides or implements what that declares.</summary>
    private static bool Declares(INamedTypeSymbol? logger, IMethodSymbol method)
    {
        if (logger is null || !KnownTypes.SameOrBelow(method.ContainingType, logger))
            return false;
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            if (KnownTypes.Same(current.ContainingType, logger))
                return true;
        }

        return logger.TypeKind == TypeKind.Interface && method.ContainingType.AllInterfaces
            .Where(type => KnownTypes.Same(type, logger))
            .SelectMany(type => type.GetMembers())
            .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method.ConstructedFrom));
    }

    private static bool Has(IMethodSymbol method, INamedTypeSymbol? attribute) =>
        attribute is not null && method.GetAttributes().Any(data => KnownTypes.Same(data.AttributeClass, attribute));
}
