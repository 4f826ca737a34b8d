using AsyncPitfalls.Benchmarks.Modes;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(Settings.Usage);
    return 0;
}

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};

try
{
    var settings = Settings.Parse(args);
    await (settings.Mode switch
    {
        "rules" => RuleShares.RunAsync(settings, cancellation.Token),
        "build" => BuildTimes.RunAsync(settings, cancellation.Token),
        "latency" => EditLatency.RunAsync(settings, cancellation.Token),
        _ => Comparison.RunAsync(settings, cancellation.Token),
    });
    return 0;
}
catch (ArgumentException fault)
{
    Console.Error.WriteLine($"{fault.Message}\n\n{Settings.Usage}");
    return 2;
}
catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
{
    return 130;
}
