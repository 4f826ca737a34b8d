using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.FixTrials;

/// <summary>
/// Reads code out of a file of tests without running it: constants, and what a theory puts together of the rows of its
/// <c>[InlineData]</c> with interpolated strings, sums and helpers of the same class that are one expression.
/// </summary>
public sealed class SnippetReader(SemanticModel semantics)
{
    private const int DeepestHelper = 3;

    /// <summary>The arguments of all calls that are strings, in source order, with each row of data.</summary>
    public IEnumerable<string> Strings()
    {
        foreach (var method in semantics.SyntaxTree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            foreach (var row in Rows(method))
            {
                foreach (var argument in method.DescendantNodes().OfType<ArgumentSyntax>().Where(argument => argument.FirstAncestorOrSelf<AttributeSyntax>() is null))
                {
                    if (TextOf(argument.Expression, row, 0) is { } text)
                        yield return text;
                }
            }
        }
    }

    /// <summary>What the parameters of a method are in each row of its data; nothing is known of them where it has none.</summary>
    private IEnumerable<ImmutableDictionary<string, string>> Rows(MethodDeclarationSyntax method)
    {
        var rows = method.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => attribute.Name.ToString() == "InlineData").ToList();
        return rows.Count == 0
            ? [ImmutableDictionary<string, string>.Empty]
            : rows.Select(row => Bound(method.ParameterList, row.ArgumentList?.Arguments.Select(argument => ConstantOf(argument.Expression)) ?? []));
    }

    private static ImmutableDictionary<string, string> Bound(ParameterListSyntax parameters, IEnumerable<string?> values)
    {
        var known = parameters.Parameters.Zip(values, (parameter, value) => (parameter.Identifier.ValueText, Value: value));
        return known.Where(pair => pair.Value is not null).ToImmutableDictionary(pair => pair.ValueText, pair => pair.Value!);
    }

    /// <summary>The value of an expression of strings; null where it is not one that is understood.</summary>
    private string? TextOf(ExpressionSyntax expression, ImmutableDictionary<string, string> row, int depth) => expression switch
    {
        _ when ConstantOf(expression) is { } constant => constant,
        ParenthesizedExpressionSyntax parenthesized => TextOf(parenthesized.Expression, row, depth),
        IdentifierNameSyntax name => row.GetValueOrDefault(name.Identifier.ValueText),
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => Joined([TextOf(sum.Left, row, depth), TextOf(sum.Right, row, depth)]),
        InterpolatedStringExpressionSyntax text => Joined(text.Contents.Select(part => part switch
        {
            InterpolatedStringTextSyntax written => Written(written.TextToken.ValueText, text.StringEndToken),
            InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole => TextOf(hole.Expression, row, depth),
            _ => null,
        })),
        InvocationExpressionSyntax call when depth < DeepestHelper => OfHelper(call, row, depth),
        _ => null,
    };

    private string? OfHelper(InvocationExpressionSyntax call, ImmutableDictionary<string, string> row, int depth) =>
        semantics.GetSymbolInfo(call).Symbol is IMethodSymbol { DeclaringSyntaxReferences: [var reference] }
        && reference.SyntaxTree == semantics.SyntaxTree
        && reference.GetSyntax() is MethodDeclarationSyntax { ExpressionBody.Expression: { } value } helper
            ? TextOf(value, Bound(helper.ParameterList, call.ArgumentList.Arguments.Select(argument => TextOf(argument.Expression, row, depth))), depth + 1)
            : null;

    // Attributes of a library that is not referenced have no constants.
    private string? ConstantOf(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax { Token.Value: string text } ? text : semantics.GetConstantValue(expression).Value as string;

    private static string? Joined(IEnumerable<string?> parts)
    {
        var whole = new StringBuilder();
        foreach (var part in parts)
        {
            if (part is null)
                return null;
            whole.Append(part);
        }

        return whole.ToString();
    }

    /// <summary>What a part of an interpolated string says: without its doubled braces, or, of a raw one, without what its lines are indented by.</summary>
    private static string Written(string text, SyntaxToken end)
    {
        if (!end.IsKind(SyntaxKind.InterpolatedRawStringEndToken))
            return text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
        var line = end.ToFullString();
        var indentation = line[..(line.Length - line.TrimStart().Length)].TrimStart('\r', '\n');
        return indentation.Length == 0 ? text : text.Replace("\n" + indentation, "\n", StringComparison.Ordinal);
    }
}
