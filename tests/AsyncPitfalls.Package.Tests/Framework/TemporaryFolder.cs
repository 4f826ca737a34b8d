namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>A folder of this test run, outside the repository so that none of its settings reach in; gone when the run ends.</summary>
public static class TemporaryFolder
{
    private static readonly string Run = Directory.CreateTempSubdirectory("AsyncPitfalls.Package.Tests.").FullName;

    static TemporaryFolder() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Run, recursive: true);

    public static string Create(string name) =>
        Directory.CreateDirectory(Path.Combine(Run, name + "." + Guid.NewGuid().ToString("N")[..6])).FullName;
}
