using Shop.Core;

var prices = new Prices();
Console.WriteLine(prices.Of("tea"));
Console.WriteLine(await Made.CountAsync());
await Greeter.GreetAsync();

/// <summary>Half of it is written by the generator.</summary>
public static partial class Greeter
{
    public static async Task GreetAsync()
    {
        await Task.Delay(10);
        // AP0007
        Made.WaitAsync();
    }
}
