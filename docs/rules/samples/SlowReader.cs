using System.IO;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A reader whose text comes over a slow line.</summary>
public sealed class SlowReader : TextReader
{
    public override string ReadLine()
    {
        Thread.Sleep(500);
        return "tea";
    }

    public override async Task<string?> ReadLineAsync()
    {
        await Task.Delay(500);
        return "tea";
    }
}
