using System.Collections.Generic;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Framework;

/// <summary>A finding, and all that a fix may ask about the place where it was found.</summary>
internal sealed class FixSite(Diagnostic diagnostic, Document document, SyntaxNode root, SemanticModel semantics, AsyncModel model)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    /// <summary>All findings of this document that are mended together with this one, itself included.</summary>
    public IReadOnlyList<Diagnostic> Together { get; init; } = [diagnostic];

    public Document Document { get; } = document;

    public SyntaxNode Root { get; } = root;

    public SemanticModel Semantics { get; } = semantics;

    public AsyncModel Model { get; } = model;

    /// <summary>The innermost node at the finding's location.</summary>
    public SyntaxNode Node => field ??= Root.FindNode(Diagnostic.Location.SourceSpan, findInsideTrivia: false, getInnermostNodeForTie: true);
}
