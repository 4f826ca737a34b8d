using System.Text;

namespace AsyncPitfalls.Fuzz;

/// <summary>A batch in a file: what it compiles against, then each mutant after a line with its path.</summary>
public static class KeptBatch
{
    private const string Separator = "=== ";

    public static string Write(Batch batch)
    {
        var text = new StringBuilder($"{batch.Libraries} {batch.Trouble} {batch.Name}\n");
        foreach (var file in batch.Files)
            text.Append(Separator).Append(file.Path).Append(file.IsAlone ? " alone" : "").Append('\n').Append(file.Text).Append(file.Text.EndsWith('\n') ? "" : "\n");
        return text.ToString();
    }

    public static Batch Read(string text)
    {
        var head = text[..text.IndexOf('\n', StringComparison.Ordinal)].Split(' ');
        var files = text.Split('\n' + Separator).Skip(1).Select(part => (Head: part[..part.IndexOf('\n', StringComparison.Ordinal)].Split(' '), Text: part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
        return new Batch(head[2], [.. files.Select(file => new CodeFile(file.Head[0], file.Text, file.Head.Length > 1))], head[0], Enum.Parse<Trouble>(head[1]));
    }
}
