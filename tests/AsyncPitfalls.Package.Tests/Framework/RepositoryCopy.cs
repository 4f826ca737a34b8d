namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>What the package is made of, copied to another folder: another path, other file times, and a clone that calls another place its origin.</summary>
public sealed class RepositoryCopy
{
    private static readonly string[] Folders = ["src", "nuget"];

    private RepositoryCopy(string path) => Path = path;

    public string Path { get; }

    /// <summary>Copies the sources as they are now.</summary>
    /// <param name="commit">The commit that the copy is to be of; null for a folder that is no clone.</param>
    public static RepositoryCopy Create(string? commit)
    {
        var copy = new RepositoryCopy(System.IO.Path.Combine(TemporaryFolder.Create("another clone"), "of the sources"));
        foreach (var file in Directory.GetFiles(Repository.Root).Where(IsSource).Concat(Folders.SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))))
            copy.Write(System.IO.Path.GetRelativePath(Repository.Root, file), File.ReadAllBytes(file));
        if (commit is not null)
        {
            copy.Write(".git/HEAD", commit + "\n");
            copy.Write(".git/config", "[core]\n\trepositoryformatversion = 0\n[remote \"origin\"]\n\turl = https://github.com/somebody/a-fork.git\n");
            Directory.CreateDirectory(System.IO.Path.Combine(copy.Path, ".git", "objects"));
            Directory.CreateDirectory(System.IO.Path.Combine(copy.Path, ".git", "refs"));
        }

        return copy;
    }

    public void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private void Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    // The .git of a work tree is a file, and leads back here.
    private static bool IsSource(string file) => System.IO.Path.GetFileName(file) != ".git";
}
