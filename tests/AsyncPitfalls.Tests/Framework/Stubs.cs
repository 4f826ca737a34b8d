namespace AsyncPitfalls.Tests.Framework;

/// <summary>Source stubs of libraries that tests cannot reference: rules know their types by metadata name alone.</summary>
public static class Stubs
{
    public const string Nito =
        """

        === Test/Nito.cs
        namespace Nito.AsyncEx
        {
            public static class AsyncContext
            {
                public static void Run(Action f) { }
                public static void Run(Func<Task> f) { }
                public static T Run<T>(Func<T> f) => default!;
                public static T Run<T>(Func<Task<T>> f) => default!;
            }

            public sealed class AsyncContextThread
            {
                public TaskFactory Factory => null!;
                public Task JoinAsync() => null!;
            }

            public static class TaskFactoryExtensions
            {
                public static Task Run(this TaskFactory factory, Action f) => null!;
                public static Task Run(this TaskFactory factory, Func<Task> f) => null!;
                public static Task<T> Run<T>(this TaskFactory factory, Func<Task<T>> f) => null!;
            }
        }
        """;

    public const string VisualStudioThreading =
        """

        === Test/Threading.cs
        using System.Runtime.CompilerServices;
        namespace Microsoft.VisualStudio.Threading
        {
            public class JoinableTask
            {
                public void Join(CancellationToken cancellationToken = default) { }
                public Task JoinAsync(CancellationToken cancellationToken = default) => null!;
                public TaskAwaiter GetAwaiter() => default;
            }

            public class JoinableTask<T> : JoinableTask
            {
                public new T Join(CancellationToken cancellationToken = default) => default!;
                public new Task<T> JoinAsync(CancellationToken cancellationToken = default) => null!;
                public new TaskAwaiter<T> GetAwaiter() => default;
            }

            public class JoinableTaskFactory
            {
                public void Run(Func<Task> f) { }
                public T Run<T>(Func<Task<T>> f) => default!;
                public JoinableTask RunAsync(Func<Task> f) => null!;
                public JoinableTask<T> RunAsync<T>(Func<Task<T>> f) => null!;
            }

            public class JoinableTaskContext { public JoinableTaskFactory Factory => null!; }
        }
        """;

    public const string Avalonia =
        """

        === Test/Avalonia.cs
        using System.Runtime.CompilerServices;
        namespace Avalonia.Threading
        {
            public class DispatcherOperation
            {
                public void Wait() { }
                public Task GetTask() => null!;
                public TaskAwaiter GetAwaiter() => default;
            }

            public class DispatcherOperation<T> : DispatcherOperation
            {
                public T Result => default!;
                public new Task<T> GetTask() => null!;
                public new TaskAwaiter<T> GetAwaiter() => default;
            }

            public class Dispatcher
            {
                public static Dispatcher UIThread => null!;
                public bool CheckAccess() => false;
                public void Invoke(Action f) { }
                public T Invoke<T>(Func<T> f) => default!;
                public DispatcherOperation InvokeAsync(Action f) => null!;
                public DispatcherOperation<T> InvokeAsync<T>(Func<T> f) => null!;
                public Task InvokeAsync(Func<Task> f) => null!;
                public Task<T> InvokeAsync<T>(Func<Task<T>> f) => null!;
                public void Post(Action f) { }
                public void MainLoop(CancellationToken token) { }
                public void RunJobs() { }
            }
        }
        """;

    public const string Maui =
        """

        === Test/Maui.cs
        namespace Microsoft.Maui.ApplicationModel
        {
            public static class MainThread
            {
                public static bool IsMainThread => false;
                public static void BeginInvokeOnMainThread(Action f) { }
                public static Task InvokeOnMainThreadAsync(Action f) => null!;
                public static Task<T> InvokeOnMainThreadAsync<T>(Func<T> f) => null!;
            }
        }
        """;

    public const string WinUI =
        """

        === Test/WinUI.cs
        namespace Microsoft.UI.Dispatching
        {
            public class DispatcherQueue { public bool HasThreadAccess => false; public bool TryEnqueue(Action f) => true; }
        }

        namespace CommunityToolkit.WinUI
        {
            public static class DispatcherQueueExtensions
            {
                public static Task EnqueueAsync(this Microsoft.UI.Dispatching.DispatcherQueue queue, Action f) => null!;
                public static Task<T> EnqueueAsync<T>(this Microsoft.UI.Dispatching.DispatcherQueue queue, Func<T> f) => null!;
            }
        }
        """;

    /// <summary>Windows Forms as it is from .NET 9 on.</summary>
    public const string WindowsForms =
        """

        === Test/WindowsForms.cs
        namespace System.Windows.Forms
        {
            public class Control : System.ComponentModel.ISynchronizeInvoke
            {
                public bool InvokeRequired => false;
                public void Invoke(Action f) { }
                public T Invoke<T>(Func<T> f) => default!;
                public object Invoke(Delegate f) => null!;
                public object Invoke(Delegate f, params object?[]? args) => null!;
                public IAsyncResult BeginInvoke(Action f) => null!;
                public IAsyncResult BeginInvoke(Delegate f, params object?[]? args) => null!;
                public object EndInvoke(IAsyncResult result) => null!;
                public Task InvokeAsync(Action f, CancellationToken token = default) => null!;
                public Task<T> InvokeAsync<T>(Func<T> f, CancellationToken token = default) => null!;
                public Task InvokeAsync(Func<CancellationToken, ValueTask> f, CancellationToken token = default) => null!;
            }

            public class Form : Control { }

            public static class Application
            {
                public static void Run(Form form) { }
                public static void DoEvents() { }
            }
        }
        """;
}
