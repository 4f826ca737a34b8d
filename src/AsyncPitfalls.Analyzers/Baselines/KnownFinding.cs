namespace AsyncPitfalls.Baselines;

/// <summary>
/// What is told of a finding so that it is known again after the code around it has changed: it holds no line number and
/// no folder of the machine.
/// </summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Path">The source file, from the folder of the baseline on, with <c>/</c> between its parts.</param>
/// <param name="Member">The member in which it is, with its types and namespace; empty outside of all.</param>
/// <param name="Line">The line of code in which it begins; see <see cref="FindingProperties"/>.</param>
internal sealed record KnownFinding(string Rule, string Path, string Member, string Line);
