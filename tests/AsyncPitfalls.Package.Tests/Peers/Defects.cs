using System.Diagnostics;

namespace Shop
{

public class Prices
{
    public static async Task<string> LoadAsync(string name)
    {
        await Task.Delay(10);
        return name;
    }

    public void Wait()
    {
        // AP0002 VSTHRD002 S4462
        LoadAsync("title").Wait();
    }

    public string Get()
    {
        // AP0002 VSTHRD002 S4462
        return LoadAsync("title").GetAwaiter().GetResult();
    }

    public async Task WaitAllAsync()
    {
        var title = LoadAsync("title");
        // AP0002 AsyncFixer02 CA1843 S4462 VSTHRD103
        Task.WaitAll(title);
        await LoadAsync("text");
    }

    public async Task PauseAsync()
    {
        // AP0013 CA1849 MA0042 S4462
        Thread.Sleep(10);
        await LoadAsync("text");
    }

    public async Task EnterAsync(SemaphoreSlim gate)
    {
        // AP0013 AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103
        gate.Wait(CancellationToken.None);
        gate.Release();
        await LoadAsync("text");
    }

    public async Task<string> ReadAsync(string path)
    {
        // AP0028 AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103
        var text = File.ReadAllText(path);
        return text + await LoadAsync("text");
    }

    public async Task CopyAsync(string path)
    {
        // AP0028 MA0042 RCS1261
        using var file = File.OpenWrite(path);
        await file.FlushAsync();
    }
}

public class Notices
{
    private static async Task SendAsync()
    {
        await Task.Delay(10);
    }

    public void Drop()
    {
        // AP0007 MA0134 VSTHRD110
        SendAsync();
    }

    public async Task DropInAsync()
    {
        // AP0007
        SendAsync();
        await Task.Delay(10);
    }

    public void Open()
    {
        // AP0007 MA0129 VSTHRD107
        using (OpenAsync())
        {
            Trace.WriteLine("open");
        }
    }

    private static async Task<Stream> OpenAsync()
    {
        await Task.Delay(10);
        return Stream.Null;
    }

    // AP0009 AsyncFixer03 MA0155 S3168 VSTHRD100 | AsyncFixer01 CA1822 MA0038 S2325
    public async void Fire()
    {
        await Task.Delay(10);
    }

    public void Each(List<int> delays)
    {
        // AP0010 AsyncFixer03 MA0147 VSTHRD101 | MA0004
        delays.ForEach(async delay => await Task.Delay(delay));
    }

    public async Task StartAsync()
    {
        // AP0011 AsyncFixer05 | MA0004
        await Task.Factory.StartNew(SendAsync, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default);
    }
}

public class Files
{
    private static async Task WriteAsync(Stream file)
    {
        await file.FlushAsync();
    }

    public Task Return(string path)
    {
        using (var file = new BufferedStream(Stream.Null))
        {
            // AP0020 AsyncFixer04 CA2025 MA0100
            return WriteAsync(file);
        }
    }

    public Task Catch(Stream file)
    {
        try
        {
            // AP0020
            return WriteAsync(file);
        }
        catch (IOException)
        {
            throw new InvalidOperationException("closed");
        }
    }
}

public static class Timers
{
    [Microsoft.Azure.WebJobs.FunctionName("Tick")]
    public static async Task TickAsync()
    {
        // AP0002 AsyncFixer02 CA1849 MA0042 S6422 VSTHRD103
        Trace.WriteLine(Prices.LoadAsync("tick").Result);
        await Task.Delay(10);
    }
}
}

namespace Microsoft.Azure.WebJobs
{
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class FunctionNameAttribute(string name) : Attribute
    {
        public string Name { get; } = name;
    }
}
