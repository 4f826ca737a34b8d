using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Numbers by words, of which only hashes are kept: two words may share one, so that an answer can hold too much, never too
/// little. It allocates a few arrays, whatever it holds.
/// </summary>
/// <param name="capacity">For how many numbers there is room at first.</param>
/// <param name="distinct">For how many words.</param>
internal sealed class WordTable(int capacity = 0, int distinct = 0)
{
    private const int LeastCapacity = 16;

    private const uint Start = 2166136261;
    private const uint Factor = 16777619;

    // Open addressing; a head is one more than the index of the word's last entry, so that zero is empty.
    private uint[] words = new uint[SlotsFor(distinct)];
    private int[] heads = new int[SlotsFor(distinct)];
    private int taken;
    private int[] values = new int[Math.Max(capacity, LeastCapacity)];
    private int[] previous = new int[Math.Max(capacity, LeastCapacity)];
    private int count;

    /// <summary>How many words there are.</summary>
    public int Distinct => taken;

    /// <summary>The hash of a word before its first letter.</summary>
    public static uint NoLetters => Start;

    /// <summary>The hash of each word that was added, once.</summary>
    public IEnumerable<uint> Words
    {
        get
        {
            for (var slot = 0; slot < heads.Length; slot++)
            {
                if (heads[slot] != 0)
                    yield return words[slot];
            }
        }
    }

    /// <summary>The hash of a word whose letters so far have one (FNV-1a).</summary>
    public static uint With(uint letters, char next) => unchecked((letters ^ next) * Factor);

    /// <summary>The hash of a word.</summary>
    public static uint HashOf(string word)
    {
        var hash = Start;
        foreach (var letter in word)
            hash = With(hash, letter);
        return hash;
    }

    /// <summary>Adds a number to those of a word.</summary>
    [MethodImpl(WrittenWords.OptimizedAtOnce)]
    public void Add(uint word, int value)
    {
        if (count == values.Length)
        {
            Array.Resize(ref values, count + (count / 2));
            Array.Resize(ref previous, count + (count / 2));
        }

        var slot = SlotOf(word);
        if (heads[slot] == 0)
        {
            words[slot] = word;
            taken++;
        }

        values[count] = value;
        previous[count] = heads[slot];
        heads[slot] = ++count;
        if (taken * 2 > heads.Length)
            Grow();
    }

    /// <summary>Whether a word was added.</summary>
    public bool Has(uint word) => heads[SlotOf(word)] != 0;

    /// <summary>The numbers of a word, in the order in which they were added.</summary>
    public List<int> ValuesOf(uint word)
    {
        var found = new List<int>();
        for (var entry = heads[SlotOf(word)]; entry != 0; entry = previous[entry - 1])
            found.Add(values[entry - 1]);
        found.Reverse();
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(uint word)
    {
        var mask = heads.Length - 1;
        var slot = (int)((word ^ (word >> 15)) & (uint)mask);
        while (heads[slot] != 0 && words[slot] != word)
            slot = (slot + 1) & mask;
        return slot;
    }

    /// <summary>At least two slots for each word, and a power of two.</summary>
    private static int SlotsFor(int words)
    {
        var slots = LeastCapacity;
        while (slots < words * 2)
            slots *= 2;
        return slots;
    }

    private void Grow()
    {
        var (oldWords, oldHeads) = (words, heads);
        words = new uint[oldWords.Length * 2];
        heads = new int[words.Length];
        for (var old = 0; old < oldHeads.Length; old++)
        {
            if (oldHeads[old] == 0)
                continue;
            var slot = SlotOf(oldWords[old]);
            words[slot] = oldWords[old];
            heads[slot] = oldHeads[old];
        }
    }
}
