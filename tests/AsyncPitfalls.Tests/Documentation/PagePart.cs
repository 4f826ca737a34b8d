namespace AsyncPitfalls.Tests.Documentation;

/// <summary>The sections of a rule's page, in their order; <see cref="Words.Headings"/> has their headings.</summary>
public enum PagePart
{
    WhatHappens,
    Pitfall,
    Output,
    Why,
    AsyncioTwin,
    Mended,
    MendedOutput,
    WhenItIsFine,
    Options,
    Related,
}
