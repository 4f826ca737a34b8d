namespace AsyncPitfalls.Tests.Documentation;

/// <summary>A rule of another analyzer that speaks where rules of ours do.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Ours">Our rules that speak at its spots, separated by blanks.</param>
/// <param name="Difference">What the two see differently or, of a rule that stays on, what else it finds.</param>
/// <param name="DifferenceInChinese">The same in Chinese.</param>
public sealed record ReplacedRule(string Id, string Ours, string Difference, string DifferenceInChinese);
