using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;

namespace AsyncPitfalls.Asyncify;

/// <summary>What has to change so that an <c>await</c> can stand at a spot.</summary>
/// <param name="Edits">The edits that make the function around the spot async, and await it at every call; none where it already is async.</param>
/// <param name="FunctionName">The name of the function that becomes async; null where it already is, and for what has no name.</param>
/// <param name="IsPublicSignature">Whether the signature of a member that other assemblies see changes.</param>
internal sealed record AsyncifyPlan(IReadOnlyList<NodeEdit> Edits, string? FunctionName, bool IsPublicSignature)
{
    /// <summary>Whether anything comes to be awaited: calls of the functions whose signature changes.</summary>
    public bool AwaitsCalls => Edits.Any(edit => edit.Purpose == Awaiting.Purpose);

    /// <summary>The title of a fix that awaits something at the spot: <c>Await 'LoadAsync' and make 'Open' async</c>.</summary>
    public string Title(string awaited) => this switch
    {
        { FunctionName: null, IsPublicSignature: true } => RuleText.Now("Fix_AwaitPublic", awaited),
        { FunctionName: null } => RuleText.Now("Fix_Await", awaited),
        { IsPublicSignature: true } => RuleText.Now("Fix_AwaitAndMakePublicAsync", awaited, FunctionName),
        _ => RuleText.Now("Fix_AwaitAndMakeAsync", awaited, FunctionName),
    };
}
