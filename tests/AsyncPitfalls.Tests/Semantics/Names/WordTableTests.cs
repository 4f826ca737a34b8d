using AsyncPitfalls.Semantics;

namespace AsyncPitfalls.Tests.Semantics.Names;

public sealed class WordTableTests
{
    // More than the table has room for at first, in slots and in numbers.
    private const int Many = 5_000;

    [Fact]
    public void Numbers_of_a_word_are_given_in_their_order()
    {
        var table = new WordTable();
        foreach (var number in new[] { 3, 1, 2 })
            table.Add(WordTable.HashOf("word"), number);
        table.Add(WordTable.HashOf("other"), 4);
        Assert.Equal([3, 1, 2], table.ValuesOf(WordTable.HashOf("word")));
    }

    [Fact]
    public void A_word_that_was_not_added_has_none()
    {
        var table = new WordTable();
        table.Add(WordTable.HashOf("word"), 1);
        Assert.True(table.Has(WordTable.HashOf("word")));
        Assert.False(table.Has(WordTable.HashOf("wore")));
        Assert.Empty(table.ValuesOf(WordTable.HashOf("wore")));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(Many, 0)]
    [InlineData(0, Many)]
    [InlineData(2 * Many, Many)]
    public void Nothing_is_lost_where_it_grows(int capacity, int distinct)
    {
        var table = new WordTable(capacity, distinct);
        for (var number = 0; number < Many; number++)
        {
            table.Add(WordTable.HashOf("word" + number), number);
            table.Add(WordTable.HashOf("word" + number), -number);
        }

        Assert.Equal(Many, table.Words.Distinct().Count());
        Assert.Equal(Many, table.Distinct);
        Assert.All(Enumerable.Range(0, Many), number => Assert.Equal([number, -number], table.ValuesOf(WordTable.HashOf("word" + number))));
    }

    [Fact]
    public void Words_whose_hashes_share_a_slot_stay_apart()
    {
        var table = new WordTable();
        // The slot is taken from the lowest bits, those above it mixed in.
        const uint One = 1;
        const uint AlsoOne = 1 << 15;
        table.Add(One, 1);
        table.Add(AlsoOne, 2);
        Assert.Equal([1], table.ValuesOf(One));
        Assert.Equal([2], table.ValuesOf(AlsoOne));
    }

    [Fact]
    public void The_hash_of_a_word_is_that_of_its_letters() =>
        Assert.Equal(WordTable.HashOf("ab"), WordTable.With(WordTable.With(WordTable.NoLetters, 'a'), 'b'));
}
