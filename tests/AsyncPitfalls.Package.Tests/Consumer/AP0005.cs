using System.Diagnostics;

namespace Orders;

public class Audit
{
    public async Task NoteAsync(string text)
    {
        await Task.Delay(10);
        // AP0005
        await Task.Run(() => Trace.TraceInformation(text));
    }
}
