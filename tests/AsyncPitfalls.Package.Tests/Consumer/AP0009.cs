namespace Orders;

public class Printer
{
    // AP0009
    public async void Print(TextWriter paper)
    {
        await paper.WriteLineAsync("Orders");
    }
}
