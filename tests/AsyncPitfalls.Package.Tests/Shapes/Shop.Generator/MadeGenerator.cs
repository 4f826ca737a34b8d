using Microsoft.CodeAnalysis;

namespace Shop.Generator;

/// <summary>Writes code that is full of pitfalls, in files that neither their names nor a comment call generated.</summary>
[Generator]
public class MadeGenerator : IIncrementalGenerator
{
    private const string Source =
        """
        public static class Made
        {
            public static async System.Threading.Tasks.Task<int> CountAsync()
            {
                WaitAsync().Wait();
                return 1;
            }

            public static async System.Threading.Tasks.Task WaitAsync()
            {
                await System.Threading.Tasks.Task.Delay(10);
                System.Threading.Thread.Sleep(10);
            }
        }

        public static partial class Greeter
        {
            public static async void Wave() => await Made.WaitAsync();
        }
        """;

    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterPostInitializationOutput(output => output.AddSource("Made", Source));
}
