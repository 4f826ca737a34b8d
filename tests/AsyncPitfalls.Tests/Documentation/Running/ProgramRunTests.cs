namespace AsyncPitfalls.Tests.Documentation;

public sealed class ProgramRunTests
{
    [Fact]
    public async Task A_program_that_ends_shows_what_it_prints() => Assert.Equal("one\ntwo\n", await OutputAsync(
        """
        System.Console.WriteLine("one");
        System.Console.WriteLine("two");
        """, expected: ""));

    [Fact]
    public async Task An_exception_is_shown_without_its_stack() => Assert.Equal("one\nUnhandled exception. System.InvalidOperationException: two\n", await OutputAsync(
        """
        System.Console.WriteLine("one");
        throw new System.InvalidOperationException("two");
        """, expected: ""));

    [Fact]
    public async Task A_program_that_stands_still_hangs() => Assert.Equal("one\n(hangs)\n", await OutputAsync(
        """
        System.Console.WriteLine("one");
        System.Threading.Thread.Sleep(-1);
        """, expected: "one\n(hangs)\n"));

    [Fact]
    public async Task A_program_that_is_expected_to_hang_and_does_not_is_told_from_one_that_does() => Assert.Equal("one\ntwo\n", await OutputAsync(
        """
        System.Console.WriteLine("one");
        System.Threading.Thread.Sleep(500);
        System.Console.WriteLine("two");
        """, expected: "one\n(hangs)\n"));

    [Fact]
    public async Task Nobody_types_anything_in() => Assert.Equal("True\n", await OutputAsync(
        "System.Console.WriteLine(System.Console.ReadLine() is null);", expected: ""));

    private static Task<string> OutputAsync(string code, string expected) =>
        ProgramRun.OutputAsync(Workspaces.Create([new SourceFile("Test/Test.cs", code)], Setup.Default), expected);
}
