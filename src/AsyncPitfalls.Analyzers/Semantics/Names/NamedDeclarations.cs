using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>What a file declares beside bodies: its imports, and what its types derive from and implement, by their last names.</summary>
internal sealed class NamedDeclarations
{
    private readonly Dictionary<string, string> aliases = new(StringComparer.Ordinal);
    private readonly HashSet<string> staticUsings = new(StringComparer.Ordinal);
    private readonly List<(string Type, string Base)> bases = [];

    public NamedDeclarations(CompilationUnitSyntax file)
    {
        Read(file.Usings);
        Read(file.Members);
    }

    /// <summary>The names that stand for another one in this file, each with the last name of what it stands for.</summary>
    public IReadOnlyDictionary<string, string> Aliases => aliases;

    /// <summary>The last names of the types whose members the file names without their type.</summary>
    public IReadOnlyCollection<string> StaticUsings => staticUsings;

    /// <summary>The types that the file declares, each with the names of what it derives from and implements.</summary>
    public IReadOnlyList<(string Type, string Base)> Bases => bases;

    private void Read(SyntaxList<UsingDirectiveSyntax> imports)
    {
        foreach (var import in imports)
        {
            if (import.Name is not { } name)
                continue;
            if (import.Alias is { } alias)
                aliases[alias.Name.Identifier.ValueText] = NameUseReader.LastNameOf(name) ?? "";
            else if (import.StaticKeyword != default && NameUseReader.LastNameOf(name) is { } type)
                staticUsings.Add(type);
        }
    }

    private void Read(SyntaxList<MemberDeclarationSyntax> members)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax space:
                    Read(space.Usings);
                    Read(space.Members);
                    break;
                case TypeDeclarationSyntax type:
                    foreach (var based in type.BaseList?.Types ?? default)
                    {
                        if (NameUseReader.LastNameOf(based.Type) is { } name)
                            bases.Add((type.Identifier.ValueText, name));
                    }

                    Read(type.Members);
                    break;
            }
        }
    }
}
