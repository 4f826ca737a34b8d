using System.Resources;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Framework;

/// <summary>The texts of the rules, from <c>Resources/Rules.resx</c> and its twins in other languages.</summary>
internal static class RuleText
{
    private static readonly ResourceManager Resources = new("AsyncPitfalls.Rules", typeof(RuleText).Assembly);

    /// <summary>
    /// A text that is looked up when it is shown, in the language of whoever reads it. It may also be an argument of a
    /// message, which then is shown in that language too.
    /// </summary>
    /// <param name="key">A key of the resource file, such as <c>AP0002_Message</c>.</param>
    /// <param name="arguments">What fills <c>{0}</c>, <c>{1}</c>… of the text.</param>
    public static LocalizableString Of(string key, params string[] arguments) =>
#pragma warning disable RS0030 // the one place
        new LocalizableResourceString(key, Resources, typeof(RuleText), arguments);
#pragma warning restore RS0030

    /// <summary>A text in the language of the current thread, for what is shown at once, such as the title of a fix.</summary>
    public static string Now(string key, params string[] arguments) => Of(key, arguments).ToString();
}
