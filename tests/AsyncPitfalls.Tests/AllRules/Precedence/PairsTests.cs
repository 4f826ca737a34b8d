namespace AsyncPitfalls.Tests.AllRules.Precedence;

/// <summary>Every two rules of which one comes before the other have their tests here, or a reason why they never see one defect.</summary>
public sealed class PairsTests
{
    /// <summary>The orders in which rules speak, the first before all that follow.</summary>
    private static readonly string[][] Orders =
    [
        ["AP0012", "AP0011", "AP0010", "AP0005", "AP0020", "AP0006", "AP0008", "AP0007"],
        ["AP0015", "AP0018", "AP0004", "AP0003", "AP0005", "AP0002", "AP0016", "AP0013", "AP0014", "AP0028"],
        ["AP0001", "AP0009"],
        ["AP0026", "AP0027"],
        ["AP0011", "AP0005", "AP0024"],
    ];

    /// <summary>The pairs that never see one defect.</summary>
    private static readonly Dictionary<string, string> Strangers = new()
    {
        ["AP0003BeforeAP0005"] = "the runner stands around the call that sends logging away: mending one leaves the other",
        ["AP0003BeforeAP0013"] = "no call that always blocks starts a loop",
        ["AP0005BeforeAP0013"] = "no call that always blocks logs",
        ["AP0004BeforeAP0005"] = "the wait stands behind the call that sends logging away: mending one leaves the other",
        ["AP0010BeforeAP0020"] = "a lambda with an expression for its body closes nothing",
        ["AP0010BeforeAP0008"] = "a lambda with an expression for its body has no local",
        ["AP0004BeforeAP0016"] = "nobody waits for another thread's loop by taking a lock",
        ["AP0003BeforeAP0016"] = "taking a lock runs no loop",
        ["AP0005BeforeAP0016"] = "taking a lock is no logging",
        ["AP0002BeforeAP0016"] = "a lock is no task",
        ["AP0018BeforeAP0028"] = "a wait that never ends takes no token, and without one it has no sibling",
        ["AP0005BeforeAP0028"] = "what is awaited is asynchronous already, and handing a logging call away has no sibling",
        ["AP0016BeforeAP0014"] = "no lock is taken by a member of this compilation",
        ["AP0012BeforeAP0008"] = "a constructor starts nothing that a path could leave",
        ["AP0015BeforeAP0005"] = "a wait for logging that was sent away belongs to the call that sends it",
        ["AP0018BeforeAP0004"] = "what waits for another thread's loop waits for a call of its library, which is not known to be endless",
        ["AP0018BeforeAP0005"] = "logging ends",
        ["AP0018BeforeAP0013"] = "what always blocks waits for no task",
        ["AP0018BeforeAP0014"] = "what is called further down is waited for there",
        ["AP0018BeforeAP0016"] = "a lock is taken, not waited for without end",
    };

    public static TheoryData<string> Pairs => [.. Ordered.Where(pair => pair.Rules.All(IsWritten)).Select(pair => pair.Name)];

    private static IEnumerable<(string Name, string[] Rules)> Ordered => Orders
        .SelectMany(order => order.SelectMany((first, index) => order.Skip(index + 1).Select(second => ($"{first}Before{second}", new[] { first, second }))))
        .DistinctBy(pair => pair.Item1);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_that_can_meet_has_its_tests(string pair) =>
        Assert.True(Strangers.ContainsKey(pair) != IsTested(pair), $"{pair}Tests.cs is missing, or the pair cannot meet after all.");

    [Fact]
    public void Nothing_else_is_said_to_have_an_order() =>
        Assert.Empty(typeof(PrecedenceTest).Assembly.GetTypes()
            .Where(type => type.BaseType == typeof(PrecedenceTest) && type.Name.Contains("Before", StringComparison.Ordinal))
            .Select(type => type.Name[..^"Tests".Length])
            .Except(Ordered.Select(pair => pair.Name)));

    private static bool IsWritten(string id) => typeof(RuleCatalog).GetField(id) is not null;

    private static bool IsTested(string pair) => typeof(PrecedenceTest).Assembly.GetTypes().Any(type => type.Name == pair + "Tests");
}
