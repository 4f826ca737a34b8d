using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The well-known types of a compilation, one line each, found by metadata name; null where the compilation does not
/// reference the type. Generic types are their definitions.
/// </summary>
internal sealed partial class KnownTypes(Compilation compilation)
{
    // Tasks
    public INamedTypeSymbol? Task { get; } = Find(compilation, "System.Threading.Tasks.Task");
    public INamedTypeSymbol? TaskOfT { get; } = Find(compilation, "System.Threading.Tasks.Task`1");
    public INamedTypeSymbol? ValueTask { get; } = Find(compilation, "System.Threading.Tasks.ValueTask");
    public INamedTypeSymbol? ValueTaskOfT { get; } = Find(compilation, "System.Threading.Tasks.ValueTask`1");
    public INamedTypeSymbol? TaskFactory { get; } = Find(compilation, "System.Threading.Tasks.TaskFactory");
    public INamedTypeSymbol? TaskFactoryOfT { get; } = Find(compilation, "System.Threading.Tasks.TaskFactory`1");
    public INamedTypeSymbol? TaskCompletionSource { get; } = Find(compilation, "System.Threading.Tasks.TaskCompletionSource");
    public INamedTypeSymbol? TaskCompletionSourceOfT { get; } = Find(compilation, "System.Threading.Tasks.TaskCompletionSource`1");
    public INamedTypeSymbol? TaskStatus { get; } = Find(compilation, "System.Threading.Tasks.TaskStatus");
    public INamedTypeSymbol? ValueTaskSource { get; } = Find(compilation, "System.Threading.Tasks.Sources.IValueTaskSource");
    public INamedTypeSymbol? ValueTaskSourceOfT { get; } = Find(compilation, "System.Threading.Tasks.Sources.IValueTaskSource`1");
    public INamedTypeSymbol? TaskScheduler { get; } = Find(compilation, "System.Threading.Tasks.TaskScheduler");
    public INamedTypeSymbol? TaskCreationOptions { get; } = Find(compilation, "System.Threading.Tasks.TaskCreationOptions");
    public INamedTypeSymbol? TaskExtensions { get; } = Find(compilation, "System.Threading.Tasks.TaskExtensions");
    public INamedTypeSymbol? TaskAsyncEnumerableExtensions { get; } = Find(compilation, "System.Threading.Tasks.TaskAsyncEnumerableExtensions");
    public INamedTypeSymbol? ConfiguredTaskAwaitable { get; } = Find(compilation, "System.Runtime.CompilerServices.ConfiguredTaskAwaitable");
    public INamedTypeSymbol? ConfiguredTaskAwaitableOfT { get; } = Find(compilation, "System.Runtime.CompilerServices.ConfiguredTaskAwaitable`1");
    public INamedTypeSymbol? ConfiguredValueTaskAwaitable { get; } = Find(compilation, "System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable");
    public INamedTypeSymbol? ConfiguredValueTaskAwaitableOfT { get; } = Find(compilation, "System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable`1");
    public INamedTypeSymbol? NotifyCompletion { get; } = Find(compilation, "System.Runtime.CompilerServices.INotifyCompletion");
    public INamedTypeSymbol? AsyncMethodBuilderAttribute { get; } = Find(compilation, "System.Runtime.CompilerServices.AsyncMethodBuilderAttribute");
    public INamedTypeSymbol? AsyncEnumerableOfT { get; } = Find(compilation, "System.Collections.Generic.IAsyncEnumerable`1");
    public INamedTypeSymbol? AsyncEnumeratorOfT { get; } = Find(compilation, "System.Collections.Generic.IAsyncEnumerator`1");
    public INamedTypeSymbol? AsyncDisposable { get; } = Find(compilation, "System.IAsyncDisposable");
    public INamedTypeSymbol? Disposable { get; } = Find(compilation, "System.IDisposable");
    public INamedTypeSymbol? AsyncResult { get; } = Find(compilation, "System.IAsyncResult");
    public INamedTypeSymbol? CancellationToken { get; } = Find(compilation, "System.Threading.CancellationToken");
    public INamedTypeSymbol? CancellationTokenSource { get; } = Find(compilation, "System.Threading.CancellationTokenSource");

    // Threads and what blocks them
    public INamedTypeSymbol? Thread { get; } = Find(compilation, "System.Threading.Thread");
    public INamedTypeSymbol? ThreadPool { get; } = Find(compilation, "System.Threading.ThreadPool");
    public INamedTypeSymbol? ThreadStart { get; } = Find(compilation, "System.Threading.ThreadStart");
    public INamedTypeSymbol? ParameterizedThreadStart { get; } = Find(compilation, "System.Threading.ParameterizedThreadStart");
    public INamedTypeSymbol? WaitHandle { get; } = Find(compilation, "System.Threading.WaitHandle");
    public INamedTypeSymbol? Volatile { get; } = Find(compilation, "System.Threading.Volatile");
    public INamedTypeSymbol? ManualResetEventSlim { get; } = Find(compilation, "System.Threading.ManualResetEventSlim");
    public INamedTypeSymbol? SemaphoreSlim { get; } = Find(compilation, "System.Threading.SemaphoreSlim");
    public INamedTypeSymbol? CountdownEvent { get; } = Find(compilation, "System.Threading.CountdownEvent");
    public INamedTypeSymbol? SpinWait { get; } = Find(compilation, "System.Threading.SpinWait");
    public INamedTypeSymbol? Parallel { get; } = Find(compilation, "System.Threading.Tasks.Parallel");
    public INamedTypeSymbol? SynchronizationContext { get; } = Find(compilation, "System.Threading.SynchronizationContext");
    public INamedTypeSymbol? AggregateException { get; } = Find(compilation, "System.AggregateException");
    public INamedTypeSymbol? Exception { get; } = Find(compilation, "System.Exception");
    public INamedTypeSymbol? ExceptionDispatchInfo { get; } = Find(compilation, "System.Runtime.ExceptionServices.ExceptionDispatchInfo");
    public INamedTypeSymbol? TimeSpan { get; } = Find(compilation, "System.TimeSpan");

    /// <summary>Locks that only the thread which entered them can leave.</summary>
    public ImmutableArray<INamedTypeSymbol> ThreadBoundLocks { get; } = FindAll(
        compilation,
        "System.Threading.Monitor",
        "System.Threading.Mutex",
        "System.Threading.ReaderWriterLockSlim",
        "System.Threading.SpinLock",
        "System.Threading.Lock");

    /// <summary>Attributes by which a method is called by somebody who demands its signature, or its thread.</summary>
    public ImmutableArray<INamedTypeSymbol> SignatureAttributes { get; } = FindAll(
        compilation,
        "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute",
        "System.Runtime.CompilerServices.ModuleInitializerAttribute",
        "System.Runtime.Serialization.OnSerializingAttribute",
        "System.Runtime.Serialization.OnSerializedAttribute",
        "System.Runtime.Serialization.OnDeserializingAttribute",
        "System.Runtime.Serialization.OnDeserializedAttribute",
        "System.Diagnostics.ConditionalAttribute",
        "System.STAThreadAttribute");

    // Collections and queries
    public INamedTypeSymbol? Enumerable { get; } = Find(compilation, "System.Linq.Enumerable");
    public INamedTypeSymbol? PlainEnumerable { get; } = Find(compilation, "System.Collections.IEnumerable");
    public INamedTypeSymbol? EnumerableOfT { get; } = Find(compilation, "System.Collections.Generic.IEnumerable`1");
    public INamedTypeSymbol? QueryableOfT { get; } = Find(compilation, "System.Linq.IQueryable`1");
    public INamedTypeSymbol? ListOfT { get; } = Find(compilation, "System.Collections.Generic.List`1");
    public INamedTypeSymbol? ExpressionOfT { get; } = Find(compilation, "System.Linq.Expressions.Expression`1");
    public INamedTypeSymbol? Expression { get; } = Find(compilation, "System.Linq.Expressions.Expression");

    public INamedTypeSymbol? KeyValuePairOfT { get; } = Find(compilation, "System.Collections.Generic.KeyValuePair`2");
    public INamedTypeSymbol? DictionaryInterfaceOfT { get; } = Find(compilation, "System.Collections.Generic.IDictionary`2");
    public INamedTypeSymbol? ReadOnlyDictionaryOfT { get; } = Find(compilation, "System.Collections.Generic.IReadOnlyDictionary`2");
    public INamedTypeSymbol? CollectionInterfaceOfT { get; } = Find(compilation, "System.Collections.Generic.ICollection`1");
    public INamedTypeSymbol? ReadOnlyCollectionOfT { get; } = Find(compilation, "System.Collections.Generic.IReadOnlyCollection`1");
    public INamedTypeSymbol? ImmutableArray { get; } = Find(compilation, "System.Collections.Immutable.ImmutableArray");
    public INamedTypeSymbol? ImmutableListOfT { get; } = Find(compilation, "System.Collections.Immutable.ImmutableList`1");
    public INamedTypeSymbol? ParallelEnumerable { get; } = Find(compilation, "System.Linq.ParallelEnumerable");

    // Delegates, events and exceptions
    public INamedTypeSymbol? Delegate { get; } = Find(compilation, "System.Delegate");
    public INamedTypeSymbol? EventArgs { get; } = Find(compilation, "System.EventArgs");
    public INamedTypeSymbol? MulticastDelegate { get; } = Find(compilation, "System.MulticastDelegate");
    public INamedTypeSymbol? TypedEventHandler { get; } = Find(compilation, "Windows.Foundation.TypedEventHandler`2");
    public INamedTypeSymbol? SynchronizeInvoke { get; } = Find(compilation, "System.ComponentModel.ISynchronizeInvoke");

    // Loops: libraries
    public INamedTypeSymbol? AsyncContext { get; } = Find(compilation, "Nito.AsyncEx.AsyncContext");
    public INamedTypeSymbol? AsyncContextThread { get; } = Find(compilation, "Nito.AsyncEx.AsyncContextThread");
    public INamedTypeSymbol? JoinableTaskFactory { get; } = Find(compilation, "Microsoft.VisualStudio.Threading.JoinableTaskFactory");
    public INamedTypeSymbol? JoinableTask { get; } = Find(compilation, "Microsoft.VisualStudio.Threading.JoinableTask");
    public INamedTypeSymbol? JoinableTaskOfT { get; } = Find(compilation, "Microsoft.VisualStudio.Threading.JoinableTask`1");

    // Loops: user interfaces
    public INamedTypeSymbol? WpfDispatcher { get; } = Find(compilation, "System.Windows.Threading.Dispatcher");
    public INamedTypeSymbol? WpfDispatcherOperation { get; } = Find(compilation, "System.Windows.Threading.DispatcherOperation");
    public INamedTypeSymbol? WpfDispatcherObject { get; } = Find(compilation, "System.Windows.Threading.DispatcherObject");
    public INamedTypeSymbol? WpfDispatcherExtensions { get; } = Find(compilation, "System.Windows.Threading.DispatcherExtensions");
    public INamedTypeSymbol? WpfApplication { get; } = Find(compilation, "System.Windows.Application");
    public INamedTypeSymbol? WinFormsApplication { get; } = Find(compilation, "System.Windows.Forms.Application");
    public INamedTypeSymbol? WinFormsControl { get; } = Find(compilation, "System.Windows.Forms.Control");
    public INamedTypeSymbol? AvaloniaDispatcher { get; } = Find(compilation, "Avalonia.Threading.Dispatcher");
    public INamedTypeSymbol? AvaloniaDispatcherOperation { get; } = Find(compilation, "Avalonia.Threading.DispatcherOperation");
    public INamedTypeSymbol? AvaloniaObject { get; } = Find(compilation, "Avalonia.AvaloniaObject");
    public INamedTypeSymbol? AvaloniaApplication { get; } = Find(compilation, "Avalonia.Application");
    public INamedTypeSymbol? MauiMainThread { get; } = Find(compilation, "Microsoft.Maui.ApplicationModel.MainThread");
    public INamedTypeSymbol? XamarinMainThread { get; } = Find(compilation, "Xamarin.Essentials.MainThread");
    public INamedTypeSymbol? MauiDispatcher { get; } = Find(compilation, "Microsoft.Maui.Dispatching.IDispatcher");
    public INamedTypeSymbol? MauiDispatcherExtensions { get; } = Find(compilation, "Microsoft.Maui.Dispatching.DispatcherExtensions");
    public INamedTypeSymbol? WinUIDispatcherQueue { get; } = Find(compilation, "Microsoft.UI.Dispatching.DispatcherQueue");
    public INamedTypeSymbol? WindowsDispatcherQueue { get; } = Find(compilation, "Windows.System.DispatcherQueue");
    public INamedTypeSymbol? CommunityToolkitDispatcherQueueExtensions { get; } = Find(compilation, "CommunityToolkit.WinUI.DispatcherQueueExtensions");
    public INamedTypeSymbol? ComponentBase { get; } = Find(compilation, "Microsoft.AspNetCore.Components.ComponentBase");

    /// <summary>The types below which a class is part of a user interface.</summary>
    public ImmutableArray<INamedTypeSymbol> UserInterfaceTypes { get; } = FindAll(
        compilation,
        "System.Windows.Threading.DispatcherObject",
        "System.Windows.DependencyObject",
        "System.Windows.UIElement",
        "System.Windows.FrameworkElement",
        "System.Windows.Window",
        "System.Windows.Application",
        "System.Windows.Threading.DispatcherTimer",
        "System.Windows.Forms.Control",
        "System.Windows.Forms.Form",
        "System.Windows.Forms.ToolStripItem",
        "System.Windows.Forms.Timer",
        "Avalonia.AvaloniaObject",
        "Avalonia.Interactivity.Interactive",
        "Avalonia.Controls.Window",
        "Avalonia.Threading.DispatcherTimer",
        "Microsoft.UI.Xaml.DependencyObject",
        "Microsoft.UI.Xaml.Window",
        "Windows.UI.Xaml.DependencyObject",
        "Microsoft.Maui.Controls.BindableObject",
        "Microsoft.Maui.Controls.Element",
        "Xamarin.Forms.BindableObject");

    /// <summary>The arguments that only events of a user interface have.</summary>
    public ImmutableArray<INamedTypeSymbol> UserInterfaceEventArgs { get; } = FindAll(
        compilation,
        "System.Windows.RoutedEventArgs",
        "System.Windows.DependencyPropertyChangedEventArgs",
        "System.Windows.Forms.MouseEventArgs",
        "System.Windows.Forms.KeyEventArgs",
        "System.Windows.Forms.FormClosingEventArgs",
        "Avalonia.Interactivity.RoutedEventArgs",
        "Microsoft.UI.Xaml.RoutedEventArgs",
        "Windows.UI.Xaml.RoutedEventArgs");

    /// <summary>Attributes that types of the Windows Runtime have, in its own metadata and in its projection.</summary>
    public ImmutableArray<INamedTypeSymbol> WindowsRuntimeAttributes { get; } = FindAll(
        compilation,
        "Windows.Foundation.Metadata.ContractVersionAttribute",
        "WinRT.WindowsRuntimeTypeAttribute");

    // Loops: hosts
    public INamedTypeSymbol? Host { get; } = Find(compilation, "Microsoft.Extensions.Hosting.IHost");
    public INamedTypeSymbol? HostExtensions { get; } = Find(compilation, "Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions");
    public INamedTypeSymbol? HostedService { get; } = Find(compilation, "Microsoft.Extensions.Hosting.IHostedService");
    public INamedTypeSymbol? HostedLifecycleService { get; } = Find(compilation, "Microsoft.Extensions.Hosting.IHostedLifecycleService");
    public INamedTypeSymbol? BackgroundService { get; } = Find(compilation, "Microsoft.Extensions.Hosting.BackgroundService");
    public INamedTypeSymbol? WebApplication { get; } = Find(compilation, "Microsoft.AspNetCore.Builder.WebApplication");
    public INamedTypeSymbol? HostBuilderExtensions { get; } = Find(compilation, "Microsoft.Extensions.Hosting.HostingHostBuilderExtensions");
    public INamedTypeSymbol? WebAssemblyHost { get; } = Find(compilation, "Microsoft.AspNetCore.Components.WebAssembly.Hosting.WebAssemblyHost");
    public INamedTypeSymbol? AvaloniaDesktopLifetime { get; } = Find(compilation, "Avalonia.ClassicDesktopStyleApplicationLifetimeExtensions");
    public INamedTypeSymbol? WebHostExtensions { get; } = Find(compilation, "Microsoft.AspNetCore.Hosting.WebHostExtensions");

    // Request handlers
    public INamedTypeSymbol? ControllerBase { get; } = Find(compilation, "Microsoft.AspNetCore.Mvc.ControllerBase");
    public INamedTypeSymbol? ControllerAttribute { get; } = Find(compilation, "Microsoft.AspNetCore.Mvc.ControllerAttribute");
    public INamedTypeSymbol? SystemWebController { get; } = Find(compilation, "System.Web.Mvc.Controller");
    public INamedTypeSymbol? SystemWebApiController { get; } = Find(compilation, "System.Web.Http.ApiController");
    public INamedTypeSymbol? NonActionAttribute { get; } = Find(compilation, "Microsoft.AspNetCore.Mvc.NonActionAttribute");
    public INamedTypeSymbol? NonControllerAttribute { get; } = Find(compilation, "Microsoft.AspNetCore.Mvc.NonControllerAttribute");
    public INamedTypeSymbol? PageModel { get; } = Find(compilation, "Microsoft.AspNetCore.Mvc.RazorPages.PageModel");
    public INamedTypeSymbol? PageModelAttribute { get; } = Find(compilation, "Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure.PageModelAttribute");
    public INamedTypeSymbol? NonHandlerAttribute { get; } = Find(compilation, "Microsoft.AspNetCore.Mvc.RazorPages.NonHandlerAttribute");
    public INamedTypeSymbol? EndpointRouteBuilderExtensions { get; } = Find(compilation, "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions");
    public INamedTypeSymbol? EndpointRouteBuilder { get; } = Find(compilation, "Microsoft.AspNetCore.Routing.IEndpointRouteBuilder");
    public INamedTypeSymbol? EndpointConventionBuilder { get; } = Find(compilation, "Microsoft.AspNetCore.Builder.IEndpointConventionBuilder");
    public INamedTypeSymbol? ApplicationBuilder { get; } = Find(compilation, "Microsoft.AspNetCore.Builder.IApplicationBuilder");
    public INamedTypeSymbol? HttpContext { get; } = Find(compilation, "Microsoft.AspNetCore.Http.HttpContext");
    public INamedTypeSymbol? RequestDelegate { get; } = Find(compilation, "Microsoft.AspNetCore.Http.RequestDelegate");
    public INamedTypeSymbol? RequestDelegateFactory { get; } = Find(compilation, "Microsoft.AspNetCore.Http.RequestDelegateFactory");
    public INamedTypeSymbol? Middleware { get; } = Find(compilation, "Microsoft.AspNetCore.Http.IMiddleware");
    public INamedTypeSymbol? EndpointFilter { get; } = Find(compilation, "Microsoft.AspNetCore.Http.IEndpointFilter");
    public INamedTypeSymbol? EndpointFilterInvocationContext { get; } = Find(compilation, "Microsoft.AspNetCore.Http.EndpointFilterInvocationContext");
    public INamedTypeSymbol? Hub { get; } = Find(compilation, "Microsoft.AspNetCore.SignalR.Hub");
    public INamedTypeSymbol? ServerCallContext { get; } = Find(compilation, "Grpc.Core.ServerCallContext");
    public INamedTypeSymbol? BindServiceMethodAttribute { get; } = Find(compilation, "Grpc.Core.BindServiceMethodAttribute");
    public INamedTypeSymbol? FunctionAttribute { get; } = Find(compilation, "Microsoft.Azure.Functions.Worker.FunctionAttribute");
    public INamedTypeSymbol? FunctionNameAttribute { get; } = Find(compilation, "Microsoft.Azure.WebJobs.FunctionNameAttribute");
    public INamedTypeSymbol? LambdaContext { get; } = Find(compilation, "Amazon.Lambda.Core.ILambdaContext");
    public INamedTypeSymbol? LambdaFunctionAttribute { get; } = Find(compilation, "Amazon.Lambda.Annotations.LambdaFunctionAttribute");

    // Tests
    public INamedTypeSymbol? XunitFactAttribute { get; } = Find(compilation, "Xunit.FactAttribute");
    public INamedTypeSymbol? NUnitTestBuilder { get; } = Find(compilation, "NUnit.Framework.Interfaces.ITestBuilder");
    public INamedTypeSymbol? NUnitSimpleTestBuilder { get; } = Find(compilation, "NUnit.Framework.Interfaces.ISimpleTestBuilder");
    public INamedTypeSymbol? NUnitTestAttribute { get; } = Find(compilation, "NUnit.Framework.TestAttribute");
    public INamedTypeSymbol? NUnitTestCaseAttribute { get; } = Find(compilation, "NUnit.Framework.TestCaseAttribute");
    public INamedTypeSymbol? NUnitTestCaseSourceAttribute { get; } = Find(compilation, "NUnit.Framework.TestCaseSourceAttribute");
    public INamedTypeSymbol? NUnitTheoryAttribute { get; } = Find(compilation, "NUnit.Framework.TheoryAttribute");
    public INamedTypeSymbol? MSTestMethodAttribute { get; } = Find(compilation, "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute");
    public INamedTypeSymbol? TUnitTestAttribute { get; } = Find(compilation, "TUnit.Core.TestAttribute");

    public INamedTypeSymbol? NSubstituteExtensions { get; } = Find(compilation, "NSubstitute.SubstituteExtensions");
    public INamedTypeSymbol? NSubstituteReceivedExtensions { get; } = Find(compilation, "NSubstitute.ReceivedExtensions.ReceivedExtensions");

    /// <summary>One type of each mock library, whose namespace is the library's.</summary>
    public ImmutableArray<INamedTypeSymbol> MockLibraries { get; } = FindAll(
        compilation,
        "Moq.Mock`1",
        "NSubstitute.Substitute",
        "NSubstitute.SubstituteExtensions",
        "FakeItEasy.A",
        "Rhino.Mocks.RhinoMocksExtensions",
        "Telerik.JustMock.Mock");

    // Loggers
    public INamedTypeSymbol? Logger { get; } = Find(compilation, "Microsoft.Extensions.Logging.ILogger");
    public INamedTypeSymbol? LoggerExtensions { get; } = Find(compilation, "Microsoft.Extensions.Logging.LoggerExtensions");
    public INamedTypeSymbol? LoggerMessage { get; } = Find(compilation, "Microsoft.Extensions.Logging.LoggerMessage");
    public INamedTypeSymbol? LoggerMessageAttribute { get; } = Find(compilation, "Microsoft.Extensions.Logging.LoggerMessageAttribute");
    public INamedTypeSymbol? SerilogLogger { get; } = Find(compilation, "Serilog.ILogger");
    public INamedTypeSymbol? SerilogLog { get; } = Find(compilation, "Serilog.Log");
    public INamedTypeSymbol? NLogLoggerInterface { get; } = Find(compilation, "NLog.ILogger");
    public INamedTypeSymbol? NLogLoggerBase { get; } = Find(compilation, "NLog.ILoggerBase");
    public INamedTypeSymbol? NLogLogger { get; } = Find(compilation, "NLog.Logger");
    public INamedTypeSymbol? Log4NetLog { get; } = Find(compilation, "log4net.ILog");
    public INamedTypeSymbol? Trace { get; } = Find(compilation, "System.Diagnostics.Trace");
    public INamedTypeSymbol? Debug { get; } = Find(compilation, "System.Diagnostics.Debug");
    public INamedTypeSymbol? TraceSource { get; } = Find(compilation, "System.Diagnostics.TraceSource");
    public INamedTypeSymbol? EventSource { get; } = Find(compilation, "System.Diagnostics.Tracing.EventSource");
    public INamedTypeSymbol? NonEventAttribute { get; } = Find(compilation, "System.Diagnostics.Tracing.NonEventAttribute");
    public INamedTypeSymbol? Console { get; } = Find(compilation, "System.Console");
    public INamedTypeSymbol? TextWriter { get; } = Find(compilation, "System.IO.TextWriter");
    public INamedTypeSymbol? TextReader { get; } = Find(compilation, "System.IO.TextReader");

    /// <summary>Whether a type is a well-known type, or one made from it where that is generic; false where either is null.</summary>
    public static bool Same(ITypeSymbol? type, INamedTypeSymbol? known) =>
        type is not null && known is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known);

    /// <summary>Whether a type is a well-known type, derives from it, or implements it; false where either is null.</summary>
    public static bool SameOrBelow(ITypeSymbol? type, INamedTypeSymbol? known)
    {
        if (type is null || known is null)
            return false;
        if (type is ITypeParameterSymbol parameter)
            return parameter.ConstraintTypes.Any(constraint => SameOrBelow(constraint, known));
        if (known.TypeKind == TypeKind.Interface)
            return Same(type, known) || type.AllInterfaces.Any(implemented => Same(implemented, known));
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Same(current, known))
                return true;
        }

        return false;
    }

    /// <summary>Whether a type is one of several well-known types, derives from one, or implements one.</summary>
    public static bool SameOrBelow(ITypeSymbol? type, ImmutableArray<INamedTypeSymbol> known) => known.Any(one => SameOrBelow(type, one));

    private static ImmutableArray<INamedTypeSymbol> FindAll(Compilation compilation, params string[] metadataNames) =>
        metadataNames.Select(name => Find(compilation, name)).OfType<INamedTypeSymbol>().ToImmutableArray();

#pragma warning disable RS0030 // the one place
    private static INamedTypeSymbol? Find(Compilation compilation, string metadataName) =>
        compilation.GetTypeByMetadataName(metadataName)
        ?? compilation.GetTypesByMetadataName(metadataName)
            .FirstOrDefault(type => type.DeclaredAccessibility == Accessibility.Public);
#pragma warning restore RS0030
}
