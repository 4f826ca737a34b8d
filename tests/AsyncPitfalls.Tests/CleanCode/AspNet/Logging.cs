using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Shop.Logs;

public static partial class Messages
{
    private static readonly Action<ILogger, int, Exception?> Counted =
        LoggerMessage.Define<int>(LogLevel.Information, new EventId(1), "Counted {Number}");

    public static void Count(ILogger logger, int number) => Counted(logger, number, null);
}

public sealed class Importer
{
    private readonly ILogger<Importer> logger;
    private readonly TextWriter log;

    public Importer(ILogger<Importer> logger, TextWriter log)
    {
        this.logger = logger;
        this.log = log;
    }

    public async Task ImportAsync(Stream source, CancellationToken cancellation)
    {
        logger.LogInformation("Import starts");
        using var reader = new StreamReader(source);
        var lines = 0;
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            lines++;
            logger.LogTrace("Read {Line}", line);
            Trace.WriteLine(line);
        }

        Messages.Count(logger, lines);
        Console.WriteLine(lines);
        await log.WriteLineAsync($"{lines} lines");
        await log.FlushAsync();
    }

    public Task<int> CountAsync(string path) => Task.Run(() =>
    {
        logger.LogInformation("Counts {Path}", path);
        var count = File.ReadLines(path).Count();
        Messages.Count(logger, count);
        return count;
    });

    public async Task WriteAsync(string path)
    {
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync("This file is no console");
    }

    public void Queue(string text)
    {
        ThreadPool.QueueUserWorkItem(_ =>
        {
            File.AppendAllText("log.txt", text);
            logger.LogInformation("Appended");
        });
    }

    public async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception exception) when (Log(exception))
        {
            return false;
        }
    }

    private bool Log(Exception exception)
    {
        logger.LogError(exception, "Failed");
        return true;
    }
}
