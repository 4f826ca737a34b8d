using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The well-known types of a compilation, one line each, found by metadata name; null where the compilation does not
/// reference the type. Generic types are their definitions.
/// </summary>
internal sealed partial class KnownTypes(TypesByName types)
{
    // Tasks
    public INamedTypeSymbol? Task { get; } = types.Find("System.Threading.Tasks.Task");
    public INamedTypeSymbol? TaskOfT { get; } = types.Find("System.Threading.Tasks.Task`1");
    public INamedTypeSymbol? ValueTask { get; } = types.Find("System.Threading.Tasks.ValueTask");
    public INamedTypeSymbol? ValueTaskOfT { get; } = types.Find("System.Threading.Tasks.ValueTask`1");
    public INamedTypeSymbol? TaskFactory { get; } = types.Find("System.Threading.Tasks.TaskFactory");
    public INamedTypeSymbol? TaskFactoryOfT { get; } = types.Find("System.Threading.Tasks.TaskFactory`1");
    public INamedTypeSymbol? TaskCompletionSource { get; } = types.Find("System.Threading.Tasks.TaskCompletionSource");
    public INamedTypeSymbol? TaskCompletionSourceOfT { get; } = types.Find("System.Threading.Tasks.TaskCompletionSource`1");
    public INamedTypeSymbol? TaskStatus { get; } = types.Find("System.Threading.Tasks.TaskStatus");
    public INamedTypeSymbol? ValueTaskSource { get; } = types.Find("System.Threading.Tasks.Sources.IValueTaskSource");
    public INamedTypeSymbol? ValueTaskSourceOfT { get; } = types.Find("System.Threading.Tasks.Sources.IValueTaskSource`1");
    public INamedTypeSymbol? TaskScheduler { get; } = types.Find("System.Threading.Tasks.TaskScheduler");
    public INamedTypeSymbol? TaskCreationOptions { get; } = types.Find("System.Threading.Tasks.TaskCreationOptions");
    public INamedTypeSymbol? TaskExtensions { get; } = types.Find("System.Threading.Tasks.TaskExtensions");
    public INamedTypeSymbol? TaskAsyncEnumerableExtensions { get; } = types.Find("System.Threading.Tasks.TaskAsyncEnumerableExtensions");
    public INamedTypeSymbol? ConfiguredTaskAwaitable { get; } = types.Find("System.Runtime.CompilerServices.ConfiguredTaskAwaitable");
    public INamedTypeSymbol? ConfiguredTaskAwaitableOfT { get; } = types.Find("System.Runtime.CompilerServices.ConfiguredTaskAwaitable`1");
    public INamedTypeSymbol? ConfiguredValueTaskAwaitable { get; } = types.Find("System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable");
    public INamedTypeSymbol? ConfiguredValueTaskAwaitableOfT { get; } = types.Find("System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable`1");
    public INamedTypeSymbol? NotifyCompletion { get; } = types.Find("System.Runtime.CompilerServices.INotifyCompletion");
    public INamedTypeSymbol? AsyncMethodBuilderAttribute { get; } = types.Find("System.Runtime.CompilerServices.AsyncMethodBuilderAttribute");
    public INamedTypeSymbol? AsyncEnumerableOfT { get; } = types.Find("System.Collections.Generic.IAsyncEnumerable`1");
    public INamedTypeSymbol? AsyncEnumeratorOfT { get; } = types.Find("System.Collections.Generic.IAsyncEnumerator`1");
    public INamedTypeSymbol? AsyncDisposable { get; } = types.Find("System.IAsyncDisposable");
    public INamedTypeSymbol? Disposable { get; } = types.Find("System.IDisposable");
    public INamedTypeSymbol? AsyncResult { get; } = types.Find("System.IAsyncResult");
    public INamedTypeSymbol? CancellationToken { get; } = types.Find("System.Threading.CancellationToken");
    public INamedTypeSymbol? CancellationTokenSource { get; } = types.Find("System.Threading.CancellationTokenSource");

    // Threads and what blocks them
    public INamedTypeSymbol? Thread { get; } = types.Find("System.Threading.Thread");
    public INamedTypeSymbol? ThreadPool { get; } = types.Find("System.Threading.ThreadPool");
    public INamedTypeSymbol? ThreadStart { get; } = types.Find("System.Threading.ThreadStart");
    public INamedTypeSymbol? ParameterizedThreadStart { get; } = types.Find("System.Threading.ParameterizedThreadStart");
    public INamedTypeSymbol? WaitHandle { get; } = types.Find("System.Threading.WaitHandle");
    public INamedTypeSymbol? Volatile { get; } = types.Find("System.Threading.Volatile");
    public INamedTypeSymbol? ManualResetEventSlim { get; } = types.Find("System.Threading.ManualResetEventSlim");
    public INamedTypeSymbol? SemaphoreSlim { get; } = types.Find("System.Threading.SemaphoreSlim");
    public INamedTypeSymbol? CountdownEvent { get; } = types.Find("System.Threading.CountdownEvent");
    public INamedTypeSymbol? SpinWait { get; } = types.Find("System.Threading.SpinWait");
    public INamedTypeSymbol? Parallel { get; } = types.Find("System.Threading.Tasks.Parallel");
    public INamedTypeSymbol? SynchronizationContext { get; } = types.Find("System.Threading.SynchronizationContext");
    public INamedTypeSymbol? AggregateException { get; } = types.Find("System.AggregateException");
    public INamedTypeSymbol? Exception { get; } = types.Find("System.Exception");
    public INamedTypeSymbol? OperationCanceledException { get; } = types.Find("System.OperationCanceledException");
    public INamedTypeSymbol? ExceptionDispatchInfo { get; } = types.Find("System.Runtime.ExceptionServices.ExceptionDispatchInfo");
    public INamedTypeSymbol? TimeSpan { get; } = types.Find("System.TimeSpan");

    /// <summary>Locks that only the thread which entered them can leave.</summary>
    public ImmutableArray<INamedTypeSymbol> ThreadBoundLocks { get; } = types.FindAll(
        "System.Threading.Monitor",
        "System.Threading.Mutex",
        "System.Threading.ReaderWriterLockSlim",
        "System.Threading.SpinLock",
        "System.Threading.Lock");

    public INamedTypeSymbol? Conditional { get; } = types.Find("System.Diagnostics.ConditionalAttribute");

    /// <summary>Attributes by which a method is called by somebody who demands its signature, or its thread.</summary>
    public ImmutableArray<INamedTypeSymbol> SignatureAttributes { get; } = types.FindAll(
        "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute",
        "System.Runtime.CompilerServices.ModuleInitializerAttribute",
        "System.Runtime.Serialization.OnSerializingAttribute",
        "System.Runtime.Serialization.OnSerializedAttribute",
        "System.Runtime.Serialization.OnDeserializingAttribute",
        "System.Runtime.Serialization.OnDeserializedAttribute",
        "System.Diagnostics.ConditionalAttribute",
        "System.STAThreadAttribute");

    // Collections and queries
    public INamedTypeSymbol? Enumerable { get; } = types.Find("System.Linq.Enumerable");
    public INamedTypeSymbol? PlainEnumerable { get; } = types.Find("System.Collections.IEnumerable");
    public INamedTypeSymbol? EnumerableOfT { get; } = types.Find("System.Collections.Generic.IEnumerable`1");
    public INamedTypeSymbol? QueryableOfT { get; } = types.Find("System.Linq.IQueryable`1");
    public INamedTypeSymbol? ListOfT { get; } = types.Find("System.Collections.Generic.List`1");
    public INamedTypeSymbol? ExpressionOfT { get; } = types.Find("System.Linq.Expressions.Expression`1");
    public INamedTypeSymbol? Expression { get; } = types.Find("System.Linq.Expressions.Expression");

    public INamedTypeSymbol? KeyValuePairOfT { get; } = types.Find("System.Collections.Generic.KeyValuePair`2");
    public INamedTypeSymbol? DictionaryInterfaceOfT { get; } = types.Find("System.Collections.Generic.IDictionary`2");
    public INamedTypeSymbol? ReadOnlyDictionaryOfT { get; } = types.Find("System.Collections.Generic.IReadOnlyDictionary`2");
    public INamedTypeSymbol? CollectionInterfaceOfT { get; } = types.Find("System.Collections.Generic.ICollection`1");
    public INamedTypeSymbol? ReadOnlyCollectionOfT { get; } = types.Find("System.Collections.Generic.IReadOnlyCollection`1");
    public INamedTypeSymbol? ImmutableArray { get; } = types.Find("System.Collections.Immutable.ImmutableArray");
    public INamedTypeSymbol? ImmutableListOfT { get; } = types.Find("System.Collections.Immutable.ImmutableList`1");
    public INamedTypeSymbol? ParallelEnumerable { get; } = types.Find("System.Linq.ParallelEnumerable");

    // Delegates, events and exceptions
    public INamedTypeSymbol? Delegate { get; } = types.Find("System.Delegate");
    public INamedTypeSymbol? EventArgs { get; } = types.Find("System.EventArgs");
    public INamedTypeSymbol? EventHandlerOfT { get; } = types.Find("System.EventHandler`1");
    public INamedTypeSymbol? MulticastDelegate { get; } = types.Find("System.MulticastDelegate");
    public INamedTypeSymbol? TypedEventHandler { get; } = types.Find("Windows.Foundation.TypedEventHandler`2");
    public INamedTypeSymbol? SynchronizeInvoke { get; } = types.Find("System.ComponentModel.ISynchronizeInvoke");

    // Loops: libraries
    public INamedTypeSymbol? AsyncContext { get; } = types.Find("Nito.AsyncEx.AsyncContext");
    public INamedTypeSymbol? AsyncContextThread { get; } = types.Find("Nito.AsyncEx.AsyncContextThread");
    public INamedTypeSymbol? JoinableTaskFactory { get; } = types.Find("Microsoft.VisualStudio.Threading.JoinableTaskFactory");
    public INamedTypeSymbol? JoinableTask { get; } = types.Find("Microsoft.VisualStudio.Threading.JoinableTask");

    // Loops: user interfaces
    public INamedTypeSymbol? WpfDispatcher { get; } = types.Find("System.Windows.Threading.Dispatcher");
    public INamedTypeSymbol? WpfDispatcherOperation { get; } = types.Find("System.Windows.Threading.DispatcherOperation");
    public INamedTypeSymbol? WpfDispatcherObject { get; } = types.Find("System.Windows.Threading.DispatcherObject");
    public INamedTypeSymbol? WpfDispatcherExtensions { get; } = types.Find("System.Windows.Threading.DispatcherExtensions");
    public INamedTypeSymbol? WpfApplication { get; } = types.Find("System.Windows.Application");
    public INamedTypeSymbol? WinFormsApplication { get; } = types.Find("System.Windows.Forms.Application");
    public INamedTypeSymbol? WinFormsControl { get; } = types.Find("System.Windows.Forms.Control");
    public INamedTypeSymbol? AvaloniaDispatcher { get; } = types.Find("Avalonia.Threading.Dispatcher");
    public INamedTypeSymbol? AvaloniaDispatcherOperation { get; } = types.Find("Avalonia.Threading.DispatcherOperation");
    public INamedTypeSymbol? AvaloniaObject { get; } = types.Find("Avalonia.AvaloniaObject");
    public INamedTypeSymbol? AvaloniaApplication { get; } = types.Find("Avalonia.Application");
    public INamedTypeSymbol? MauiMainThread { get; } = types.Find("Microsoft.Maui.ApplicationModel.MainThread");
    public INamedTypeSymbol? XamarinMainThread { get; } = types.Find("Xamarin.Essentials.MainThread");
    public INamedTypeSymbol? MauiDispatcher { get; } = types.Find("Microsoft.Maui.Dispatching.IDispatcher");
    public INamedTypeSymbol? MauiDispatcherExtensions { get; } = types.Find("Microsoft.Maui.Dispatching.DispatcherExtensions");
    public INamedTypeSymbol? WinUIDispatcherQueue { get; } = types.Find("Microsoft.UI.Dispatching.DispatcherQueue");
    public INamedTypeSymbol? WindowsDispatcherQueue { get; } = types.Find("Windows.System.DispatcherQueue");
    public INamedTypeSymbol? CommunityToolkitDispatcherQueueExtensions { get; } = types.Find("CommunityToolkit.WinUI.DispatcherQueueExtensions");
    public INamedTypeSymbol? ComponentBase { get; } = types.Find("Microsoft.AspNetCore.Components.ComponentBase");

    /// <summary>The types below which a class is part of a user interface.</summary>
    public ImmutableArray<INamedTypeSymbol> UserInterfaceTypes { get; } = types.FindAll(
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
    public ImmutableArray<INamedTypeSymbol> UserInterfaceEventArgs { get; } = types.FindAll(
        "System.Windows.RoutedEventArgs",
        "System.Windows.DependencyPropertyChangedEventArgs",
        "System.Windows.Forms.MouseEventArgs",
        "System.Windows.Forms.KeyEventArgs",
        "System.Windows.Forms.FormClosingEventArgs",
        "Avalonia.Interactivity.RoutedEventArgs",
        "Microsoft.UI.Xaml.RoutedEventArgs",
        "Windows.UI.Xaml.RoutedEventArgs");

    /// <summary>Attributes that types of the Windows Runtime have, in its own metadata and in its projection.</summary>
    public ImmutableArray<INamedTypeSymbol> WindowsRuntimeAttributes { get; } = types.FindAll(
        "Windows.Foundation.Metadata.ContractVersionAttribute",
        "WinRT.WindowsRuntimeTypeAttribute");

    // Loops: hosts
    public INamedTypeSymbol? Host { get; } = types.Find("Microsoft.Extensions.Hosting.IHost");
    public INamedTypeSymbol? HostExtensions { get; } = types.Find("Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions");
    public INamedTypeSymbol? HostedService { get; } = types.Find("Microsoft.Extensions.Hosting.IHostedService");
    public INamedTypeSymbol? HostedLifecycleService { get; } = types.Find("Microsoft.Extensions.Hosting.IHostedLifecycleService");
    public INamedTypeSymbol? BackgroundService { get; } = types.Find("Microsoft.Extensions.Hosting.BackgroundService");
    public INamedTypeSymbol? WebApplication { get; } = types.Find("Microsoft.AspNetCore.Builder.WebApplication");
    public INamedTypeSymbol? HostBuilderExtensions { get; } = types.Find("Microsoft.Extensions.Hosting.HostingHostBuilderExtensions");
    public INamedTypeSymbol? WebAssemblyHost { get; } = types.Find("Microsoft.AspNetCore.Components.WebAssembly.Hosting.WebAssemblyHost");
    public INamedTypeSymbol? AvaloniaDesktopLifetime { get; } = types.Find("Avalonia.ClassicDesktopStyleApplicationLifetimeExtensions");
    public INamedTypeSymbol? WebHostExtensions { get; } = types.Find("Microsoft.AspNetCore.Hosting.WebHostExtensions");

    // Request handlers
    public INamedTypeSymbol? ControllerBase { get; } = types.Find("Microsoft.AspNetCore.Mvc.ControllerBase");
    public INamedTypeSymbol? ControllerAttribute { get; } = types.Find("Microsoft.AspNetCore.Mvc.ControllerAttribute");
    public INamedTypeSymbol? SystemWebController { get; } = types.Find("System.Web.Mvc.Controller");
    public INamedTypeSymbol? SystemWebApiController { get; } = types.Find("System.Web.Http.ApiController");
    public INamedTypeSymbol? NonActionAttribute { get; } = types.Find("Microsoft.AspNetCore.Mvc.NonActionAttribute");
    public INamedTypeSymbol? NonControllerAttribute { get; } = types.Find("Microsoft.AspNetCore.Mvc.NonControllerAttribute");
    public INamedTypeSymbol? PageModel { get; } = types.Find("Microsoft.AspNetCore.Mvc.RazorPages.PageModel");
    public INamedTypeSymbol? PageModelAttribute { get; } = types.Find("Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure.PageModelAttribute");
    public INamedTypeSymbol? NonHandlerAttribute { get; } = types.Find("Microsoft.AspNetCore.Mvc.RazorPages.NonHandlerAttribute");
    public INamedTypeSymbol? EndpointRouteBuilderExtensions { get; } = types.Find("Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions");
    public INamedTypeSymbol? EndpointRouteBuilder { get; } = types.Find("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder");
    public INamedTypeSymbol? EndpointConventionBuilder { get; } = types.Find("Microsoft.AspNetCore.Builder.IEndpointConventionBuilder");
    public INamedTypeSymbol? ApplicationBuilder { get; } = types.Find("Microsoft.AspNetCore.Builder.IApplicationBuilder");
    public INamedTypeSymbol? HttpContext { get; } = types.Find("Microsoft.AspNetCore.Http.HttpContext");
    public INamedTypeSymbol? RequestDelegate { get; } = types.Find("Microsoft.AspNetCore.Http.RequestDelegate");
    public INamedTypeSymbol? RequestDelegateFactory { get; } = types.Find("Microsoft.AspNetCore.Http.RequestDelegateFactory");
    public INamedTypeSymbol? Middleware { get; } = types.Find("Microsoft.AspNetCore.Http.IMiddleware");
    public INamedTypeSymbol? EndpointFilter { get; } = types.Find("Microsoft.AspNetCore.Http.IEndpointFilter");
    public INamedTypeSymbol? EndpointFilterInvocationContext { get; } = types.Find("Microsoft.AspNetCore.Http.EndpointFilterInvocationContext");
    public INamedTypeSymbol? Hub { get; } = types.Find("Microsoft.AspNetCore.SignalR.Hub");
    public INamedTypeSymbol? ServerCallContext { get; } = types.Find("Grpc.Core.ServerCallContext");
    public INamedTypeSymbol? BindServiceMethodAttribute { get; } = types.Find("Grpc.Core.BindServiceMethodAttribute");
    public INamedTypeSymbol? FunctionAttribute { get; } = types.Find("Microsoft.Azure.Functions.Worker.FunctionAttribute");
    public INamedTypeSymbol? FunctionNameAttribute { get; } = types.Find("Microsoft.Azure.WebJobs.FunctionNameAttribute");
    public INamedTypeSymbol? LambdaContext { get; } = types.Find("Amazon.Lambda.Core.ILambdaContext");
    public INamedTypeSymbol? LambdaFunctionAttribute { get; } = types.Find("Amazon.Lambda.Annotations.LambdaFunctionAttribute");

    // Tests
    public INamedTypeSymbol? XunitFactAttribute { get; } = types.Find("Xunit.FactAttribute");
    public INamedTypeSymbol? NUnitTestBuilder { get; } = types.Find("NUnit.Framework.Interfaces.ITestBuilder");
    public INamedTypeSymbol? NUnitSimpleTestBuilder { get; } = types.Find("NUnit.Framework.Interfaces.ISimpleTestBuilder");
    public INamedTypeSymbol? NUnitTestAttribute { get; } = types.Find("NUnit.Framework.TestAttribute");
    public INamedTypeSymbol? NUnitTestCaseAttribute { get; } = types.Find("NUnit.Framework.TestCaseAttribute");
    public INamedTypeSymbol? NUnitTestCaseSourceAttribute { get; } = types.Find("NUnit.Framework.TestCaseSourceAttribute");
    public INamedTypeSymbol? NUnitTheoryAttribute { get; } = types.Find("NUnit.Framework.TheoryAttribute");
    public INamedTypeSymbol? MSTestMethodAttribute { get; } = types.Find("Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute");
    public INamedTypeSymbol? TUnitTestAttribute { get; } = types.Find("TUnit.Core.TestAttribute");

    public INamedTypeSymbol? NSubstituteExtensions { get; } = types.Find("NSubstitute.SubstituteExtensions");
    public INamedTypeSymbol? NSubstituteReceivedExtensions { get; } = types.Find("NSubstitute.ReceivedExtensions.ReceivedExtensions");

    /// <summary>One type of each mock library, whose namespace is the library's.</summary>
    public ImmutableArray<INamedTypeSymbol> MockLibraries { get; } = types.FindAll(
        "Moq.Mock`1",
        "NSubstitute.Substitute",
        "NSubstitute.SubstituteExtensions",
        "FakeItEasy.A",
        "Rhino.Mocks.RhinoMocksExtensions",
        "Telerik.JustMock.Mock");

    // Loggers
    public INamedTypeSymbol? Logger { get; } = types.Find("Microsoft.Extensions.Logging.ILogger");
    public INamedTypeSymbol? LoggerExtensions { get; } = types.Find("Microsoft.Extensions.Logging.LoggerExtensions");
    public INamedTypeSymbol? LoggerMessage { get; } = types.Find("Microsoft.Extensions.Logging.LoggerMessage");
    public INamedTypeSymbol? LoggerMessageAttribute { get; } = types.Find("Microsoft.Extensions.Logging.LoggerMessageAttribute");
    public INamedTypeSymbol? SerilogLogger { get; } = types.Find("Serilog.ILogger");
    public INamedTypeSymbol? SerilogLog { get; } = types.Find("Serilog.Log");
    public INamedTypeSymbol? NLogLoggerInterface { get; } = types.Find("NLog.ILogger");
    public INamedTypeSymbol? NLogLoggerBase { get; } = types.Find("NLog.ILoggerBase");
    public INamedTypeSymbol? NLogLogger { get; } = types.Find("NLog.Logger");
    public INamedTypeSymbol? Log4NetLog { get; } = types.Find("log4net.ILog");
    public INamedTypeSymbol? Trace { get; } = types.Find("System.Diagnostics.Trace");
    public INamedTypeSymbol? Debug { get; } = types.Find("System.Diagnostics.Debug");
    public INamedTypeSymbol? TraceSource { get; } = types.Find("System.Diagnostics.TraceSource");
    public INamedTypeSymbol? EventSource { get; } = types.Find("System.Diagnostics.Tracing.EventSource");
    public INamedTypeSymbol? NonEventAttribute { get; } = types.Find("System.Diagnostics.Tracing.NonEventAttribute");
    public INamedTypeSymbol? Console { get; } = types.Find("System.Console");
    public INamedTypeSymbol? TextWriter { get; } = types.Find("System.IO.TextWriter");
    public INamedTypeSymbol? TextReader { get; } = types.Find("System.IO.TextReader");
}
