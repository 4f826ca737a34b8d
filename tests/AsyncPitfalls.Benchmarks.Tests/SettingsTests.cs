using AsyncPitfalls.Benchmarks.Modes;

namespace AsyncPitfalls.Benchmarks.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Without_a_word_all_is_compared_in_five_rounds()
    {
        var settings = Settings.Parse([]);
        Assert.Equal(("compare", 5), (settings.Mode, settings.Rounds));
    }

    [Fact]
    public void A_mode_and_options_are_read()
    {
        var settings = Settings.Parse(["rules", "--rounds", "7", "--corpus", "own", "--folder", "a", "--folder", "b", "--sets", "ours,floor"]);
        Assert.Equal(("rules", 7), (settings.Mode, settings.Rounds));
        Assert.Equal(["own"], settings.Corpora.ToArray());
        Assert.Equal(["a", "b"], settings.Folders.ToArray());
        Assert.Equal(["ours", "floor"], settings.Sets.ToArray());
    }

    [Theory]
    [InlineData("--round")]
    [InlineData("--rounds")]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "many")]
    [InlineData("fast")]
    public void What_cannot_be_read_is_said(params string[] words) => Assert.Throws<ArgumentException>(() => Settings.Parse(words));
}
