using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.FixResults;

/// <summary>Several awaits in one chain of <c>?.</c> are put there at once.</summary>
public sealed class ConditionalChainTests() : RuleTest(new AP0028AsyncSiblingAnalyzer(), new AP0028AsyncSiblingCodeFix())
{
    [Fact]
    public Task Two_siblings_in_one_chain_are_both_awaited() => Fixes(
        """
        class Node
        {
            public Node? Next() => null;
            public Task<Node?> NextAsync() => Task.FromResult<Node?>(null);
            public int Count() => 1;
            public Task<int> CountAsync() => Task.FromResult(1);
        }

        class C
        {
            async Task<int?> M(Node? node)
            {
                await Task.Yield();
                return node?.[|Next|]()?.[|Count|]();
            }
        }
        """,
        """
        class Node
        {
            public Node? Next() => null;
            public Task<Node?> NextAsync() => Task.FromResult<Node?>(null);
            public int Count() => 1;
            public Task<int> CountAsync() => Task.FromResult(1);
        }

        class C
        {
            async Task<int?> M(Node? node)
            {
                await Task.Yield();
                return node is null ? (int?)null : await node.NextAsync() is { } node1 ? await node1.CountAsync() : (int?)null;
            }
        }
        """);
}
