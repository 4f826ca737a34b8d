using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which bodies of a file use a name, found by syntax alone. What was found is kept as long as the file is, so that a search
/// through a compilation reads anew only what has been edited, and of that only where the letters of the name stand.
/// </summary>
internal sealed class NamedBodies
{
    private static readonly ConditionalWeakTable<SyntaxTree, NamedBodies> Files = new();

    private readonly SyntaxNode root;
    private readonly WrittenWords words;
    private readonly FileTokens tokens;

    // Most files are never asked for more than their words.
    private NamedDeclarations? declarations;
    private NameUseReader? reader;
    private DeclaredTypes? types;
    private EndlessSyntax? endless;
    private ConcurrentDictionary<string, List<NameUse>>? uses;
    private ConcurrentDictionary<string, bool>? mentions;

    private NamedBodies(SyntaxTree tree, CancellationToken cancellation)
    {
        Tree = tree;
        root = tree.GetRoot(cancellation);
        words = WrittenWords.In(tree, cancellation);
        tokens = new FileTokens(root);
    }

    /// <summary>The file.</summary>
    public SyntaxTree Tree { get; }

    /// <summary>What the file declares for all of its bodies.</summary>
    public NamedDeclarations Declarations => declarations ?? LazyInitializer.EnsureInitialized(ref declarations, () => new NamedDeclarations((CompilationUnitSyntax)root))!;

    /// <summary>The hashes of all words, names among them.</summary>
    public IEnumerable<uint> Words => words.Hashes;

    /// <summary>How many of them there are.</summary>
    public int DistinctWords => words.Distinct;

    /// <summary>The bodies that hold what looks endless (<see cref="EndlessSyntax"/>).</summary>
    public IEnumerable<NamedBody> Endless => EndlessSyntax.Words
        .SelectMany(words.PositionsOf)
        .Select(position => tokens.At(position).Parent?.FirstAncestorOrSelf<SyntaxNode>(EndlessSyntax.MayLook))
        .OfType<SyntaxNode>()
        .Where(node => LooksEndless(node) && !Reader.IsLeftToPool(node))
        .Select(node => Reader.BodyAround(node))
        .OfType<NamedBody>();

    private DeclaredTypes Types => types ?? LazyInitializer.EnsureInitialized(ref types, () => new DeclaredTypes(new DeclaredLocals(root, words)))!;

    private NameUseReader Reader => reader ?? LazyInitializer.EnsureInitialized(ref reader, () => new NameUseReader(Types))!;

    private ConcurrentDictionary<string, List<NameUse>> Uses => LazyInitializer.EnsureInitialized(ref uses, static () => new(StringComparer.Ordinal))!;

    private ConcurrentDictionary<string, bool> Mentioned => LazyInitializer.EnsureInitialized(ref mentions, static () => new(StringComparer.Ordinal))!;

    /// <summary>The names of a file.</summary>
    public static NamedBodies In(SyntaxTree tree, CancellationToken cancellation) =>
        Files.TryGetValue(tree, out var found) ? found : Files.GetValue(tree, key => new NamedBodies(key, cancellation));

    /// <summary>Each use of a name in a body of the file, from top to bottom.</summary>
    public IReadOnlyList<NameUse> UsesOf(string name) => Uses.TryGetValue(name, out var found) ? found : Uses.GetOrAdd(name, ReadUsesOf(name));

    /// <summary>The name before the dot of a use in this file where that is a name alone which the file declares neither in the member nor in the type around it; null for all others.</summary>
    public string? UndeclaredReceiver(NameUse use) => Reader.UndeclaredReceiver(use);

    /// <summary>Where a name stands that is an argument or is subscribed to an event, so that it may be a method that is handed over.</summary>
    public IEnumerable<SimpleNameSyntax> HandedOver(string name) => NamesOf(name).Where(found => HandOvers.GroupOf(found) is not null);

    /// <summary>Every place where code names something so, from top to bottom.</summary>
    public IEnumerable<SimpleNameSyntax> NamesOf(string name) => words.PositionsOf(name).Select(position => NameAt(position, name)).OfType<SimpleNameSyntax>();

    /// <summary>Every such place in a part of the file.</summary>
    public IEnumerable<SimpleNameSyntax> NamesOf(string name, TextSpan part) =>
        words.PositionsOf(name).Where(part.Contains).Select(position => NameAt(position, name)).OfType<SimpleNameSyntax>();

    /// <summary>Whether a node of the file looks endless.</summary>
    public bool LooksEndless(SyntaxNode node) => (endless ?? LazyInitializer.EnsureInitialized(ref endless, () => new EndlessSyntax(Types))!).Looks(node);

    /// <summary>Whether the file may name something so, told by its letters alone.</summary>
    public bool MayMention(string name) => words.Has(name);

    /// <summary>Whether the file names something so anywhere.</summary>
    public bool Mentions(string name) => Mentioned.TryGetValue(name, out var known) ? known : Mentioned.GetOrAdd(name, NamesOf(name).Any());

    private List<NameUse> ReadUsesOf(string name)
    {
        var found = words.PositionsOf(name).Select(position => UseAt(position, name));
        // What one constructor calls of its own type has no name.
        var ofThis = words.PositionsOf(WrittenWords.CalledThis)
            .Select(position => tokens.At(position).Parent as ConstructorInitializerSyntax)
            .Where(initializer => initializer?.Parent is ConstructorDeclarationSyntax constructor && constructor.Identifier.ValueText == name)
            .Select(initializer => Reader.Creation(initializer!, initializer!.ArgumentList));
        return [.. found.Concat(ofThis).OfType<NameUse>()];
    }

    private NameUse? UseAt(int position, string name)
    {
        var token = tokens.At(position);
        // Else it is a word of a comment.
        if (!token.Span.Contains(position))
            return null;
        return token.Parent switch
        {
            BracketedArgumentListSyntax brackets when name == WrittenWords.Indexer => Reader.Element(brackets),
            ImplicitObjectCreationExpressionSyntax creation when name == WrittenWords.UntoldNew => Reader.Untold(creation),
            SimpleNameSyntax ended when name == WrittenWords.EndOfPair => words.Has("Begin" + token.ValueText.Substring("End".Length)) ? Reader.Of(ended) : null,
            SimpleNameSyntax named when token.ValueText == name => Reader.Of(named),
            _ => null,
        };
    }

    private SimpleNameSyntax? NameAt(int position, string name) =>
        tokens.At(position) is { Parent: SimpleNameSyntax named } token && token.Span.Contains(position) && token.ValueText == name ? named : null;
}
