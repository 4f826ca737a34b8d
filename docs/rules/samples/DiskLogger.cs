using System;
using System.Threading;
using Microsoft.Extensions.Logging;

/// <summary>A logger whose disk takes its time: a line is written when the call returns, as with every logger.</summary>
public sealed class DiskLogger : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Thread.Sleep(500);
        Console.WriteLine($"{logLevel}: {formatter(state, exception)}");
    }
}
