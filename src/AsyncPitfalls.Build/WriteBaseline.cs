using System.IO;
using System.Linq;
using System.Text;

namespace AsyncPitfalls.Build;

/// <summary>Writes what the compiler has found as the baseline of a project.</summary>
public sealed class WriteBaseline : BaselineTask
{
    private static readonly Encoding WithoutMark = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private protected override bool Run()
    {
        var findings = BaselineWriter.UnionOf(Logs.Select(log => CompilerLog.FindingsIn(log.ItemSpec, Folder))).ToList();
        var text = BaselineWriter.TextOf(findings);
        if (!System.IO.File.Exists(File) || System.IO.File.ReadAllText(File) != text)
            System.IO.File.WriteAllText(File, text, WithoutMark);
        Tell(BuildText.Of("Baseline_Written", File, findings.Count));
        return true;
    }
}
