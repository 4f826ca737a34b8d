namespace AsyncPitfalls.Semantics;

/// <summary>The part that a function plays: who calls it, and what ends when it returns.</summary>
internal enum Surrounding
{
    /// <summary>None of the others: whoever calls it decides.</summary>
    Ordinary,

    /// <summary><c>Main</c> or top-level statements; the process ends with it.</summary>
    EntryPoint,

    /// <summary>A handler that a user interface calls on its loop.</summary>
    UserInterfaceHandler,

    /// <summary>
    /// A controller action, Razor page handler, minimal API delegate, middleware, endpoint filter, SignalR hub or gRPC
    /// service method; the request and its scope end with it.
    /// </summary>
    RequestHandler,

    /// <summary>A method of <c>IHostedService</c>, <c>IHostedLifecycleService</c> or <c>BackgroundService</c>.</summary>
    HostedService,

    /// <summary>A handler of Azure Functions or AWS Lambda; its invocation ends with it.</summary>
    CloudFunction,

    /// <summary>A test method.</summary>
    Test,

    /// <summary>The delegate of a loop runner; the loop ends with it.</summary>
    LoopDelegate,

    /// <summary>What a thread of its own runs.</summary>
    ThreadProcedure,

    /// <summary><c>Dispose</c>, <c>DisposeAsync</c> and what their patterns split off.</summary>
    Disposal,
}
