using System.Globalization;
using System.Resources;

namespace AsyncPitfalls.Build;

/// <summary>The texts of the tasks, from the same resources as those of the rules, in the language of the build.</summary>
internal static class BuildText
{
    private static readonly ResourceManager Resources = new("AsyncPitfalls.Rules", typeof(BuildText).Assembly);

    /// <param name="key">A key of the resource file.</param>
    /// <param name="arguments">What fills <c>{0}</c>, <c>{1}</c>… of the text.</param>
    public static string Of(string key, params object[] arguments) =>
        string.Format(CultureInfo.CurrentCulture, Resources.GetString(key, CultureInfo.CurrentUICulture)!, arguments);
}
