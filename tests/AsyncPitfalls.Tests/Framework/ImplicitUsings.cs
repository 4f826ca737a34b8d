namespace AsyncPitfalls.Tests.Framework;

/// <summary>What a new project imports by itself.</summary>
internal static class ImplicitUsings
{
    public const string Path = "ImplicitUsings.g.cs";

    public const string Text =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;
}
