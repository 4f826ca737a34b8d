using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Framework;

/// <summary>
/// A choice that users make in an <c>.editorconfig</c> or <c>.globalconfig</c> file: <c>async_pitfalls.name</c> for all
/// rules that ask for it or, more specific, <c>async_pitfalls.AP0002.name</c> for one. An option is a static field beside
/// what it changes, where <see cref="All"/> finds it.
/// </summary>
internal abstract class RuleOption(string name, string example, DiagnosticDescriptor[] rules)
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "async_pitfalls.";

    private static readonly Lazy<IReadOnlyList<RuleOption>> Fields = new(() =>
    [
        .. typeof(RuleOption).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => typeof(RuleOption).IsAssignableFrom(field.FieldType))
            .Select(field => (RuleOption)field.GetValue(null)!)
            .OrderBy(option => option.Key, StringComparer.Ordinal),
    ]);

    private readonly string[] specificKeys = [.. rules.Select(rule => $"{Prefix}{rule.Id}.{name}")];

    /// <summary>Every option there is, by key.</summary>
    public static IReadOnlyList<RuleOption> All => Fields.Value;

    /// <summary>What the keys end with.</summary>
    public string Name { get; } = name;

    /// <summary>The key that holds for all rules which ask for the option.</summary>
    public string Key { get; } = Prefix + name;

    /// <summary>The ids of the rules that the option changes.</summary>
    public IReadOnlyList<string> Rules { get; } = [.. rules.Select(rule => rule.Id)];

    /// <summary>A value that somebody might set, for the documentation.</summary>
    public string Example { get; } = example;

    /// <summary>What holds where nothing is set, for the documentation.</summary>
    public abstract string DefaultText { get; }

    /// <summary>All keys under which the option is read: those of single rules first, then the general one.</summary>
    public IEnumerable<string> Keys => [.. specificKeys, Key];

    /// <summary>What of a value cannot be read.</summary>
    public abstract IEnumerable<OptionFault> FaultsOf(string value, Compilation compilation);

    /// <summary>An option that is <c>true</c> or <c>false</c>.</summary>
    public static RuleOption<bool> Flag(string name, bool whereUnset, params DiagnosticDescriptor[] rules) =>
        new(name, whereUnset ? "false" : "true", rules, whereUnset, whereUnset ? "true" : "false", (text, _) => ReadFlag(text, whereUnset));

    /// <summary>An option that names methods, properties and types; where nothing is set, none.</summary>
    public static RuleOption<SymbolList> Symbols(string name, string example, params DiagnosticDescriptor[] rules) =>
        new(name, example, rules, SymbolList.Empty, "", SymbolList.Read);

    /// <summary>The key of one rule; the general key for a rule that the option does not change.</summary>
    public string KeyFor(string? rule) => KeyAt(PlaceOf(rule));

    /// <summary>The place of a rule among those that the option changes; that of the only one where none is given, less than zero for others.</summary>
    protected int PlaceOf(string? rule)
    {
        if (rule is null)
            return specificKeys.Length == 1 ? 0 : -1;
        for (var index = 0; index < specificKeys.Length; index++)
        {
            if (string.Equals(Rules[index], rule, StringComparison.OrdinalIgnoreCase))
                return index;
        }

        return -1;
    }

    /// <summary>The key of the rule at a place; the general key where that is less than zero.</summary>
    protected string KeyAt(int place) => place < 0 ? Key : specificKeys[place];

    private static OptionValue<bool> ReadFlag(string text, bool whereUnset) => bool.TryParse(text, out var flag)
        ? new OptionValue<bool>(flag, [])
        : new OptionValue<bool>(whereUnset, [new OptionFault("AP9001_Flag", text)]);
}

/// <summary>An option whose values are of one type.</summary>
internal sealed class RuleOption<T>(
    string name, string example, DiagnosticDescriptor[] rules, T whereUnset, string defaultText, Func<string, Compilation, OptionValue<T>> read)
    : RuleOption(name, example, rules)
{
    private readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<string, OptionValue<T>>> values = new();
    private readonly ConditionalWeakTable<AsyncModel, ConcurrentDictionary<(SyntaxTree File, int Rule), T>> ofFiles = new();

    public override string DefaultText { get; } = defaultText;

    /// <summary>What holds in a file; where nothing is set, or nothing that can be read, the default.</summary>
    /// <param name="file">The file that the question is about: options differ from folder to folder.</param>
    /// <param name="model">The compilation that the file is of.</param>
    /// <param name="rule">The id of the rule that asks; it may be left out where the option changes only one.</param>
    public T In(SyntaxTree file, AsyncModel model, string? rule = null)
    {
        // Rules ask at every call, and the host looks an option up in several tables.
        var known = ofFiles.GetOrCreateValue(model);
        var asked = (file, Rule: PlaceOf(rule));
        return known.TryGetValue(asked, out var value) ? value : known.GetOrAdd(asked, Find(file, model, asked.Rule));
    }

    private T Find(SyntaxTree file, AsyncModel model, int rule)
    {
        var options = model.Options.AnalyzerConfigOptionsProvider.GetOptions(file);
        return options.TryGetValue(KeyAt(rule), out var text) || options.TryGetValue(Key, out text)
            ? Read(text, model.Compilation).Value
            : whereUnset;
    }

    public override IEnumerable<OptionFault> FaultsOf(string value, Compilation compilation) => Read(value, compilation).Faults;

    private OptionValue<T> Read(string text, Compilation compilation)
    {
        var known = values.GetOrCreateValue(compilation);
        return known.TryGetValue(text, out var value) ? value : known.GetOrAdd(text, read(text, compilation));
    }
}

/// <summary>A value as it holds, and what of its text could not be read.</summary>
internal sealed record OptionValue<T>(T Value, IReadOnlyList<OptionFault> Faults);

/// <summary>A part of a value that cannot be read.</summary>
/// <param name="Sentence">The key of the text that says what is wrong with it; the option's key fills <c>{0}</c>.</param>
/// <param name="Text">The part, which fills <c>{1}</c>.</param>
/// <param name="Detail">What fills <c>{2}</c>.</param>
internal sealed record OptionFault(string Sentence, string Text, string Detail = "");
