using System.Collections.Immutable;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Rules;

/// <summary>AP0001: awaits what is dropped, or removes <c>async</c> and returns completed tasks or the plain values.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0001NeverAwaitsCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0001)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } =
        ImmutableArray.Create(NeverAwaitsIdeas.AwaitDropped, NeverAwaitsIdeas.ReturnCompleted, NeverAwaitsIdeas.MakeSynchronous);
}
