using System.Collections.Immutable;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Rules;

/// <summary>AP0026: awaits what is dropped, or removes <c>async</c> and returns completed tasks; the signature is dictated and stays.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0026DictatedNeverAwaitsCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0026)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } =
        ImmutableArray.Create(NeverAwaitsIdeas.AwaitDropped, NeverAwaitsIdeas.ReturnCompleted);
}
