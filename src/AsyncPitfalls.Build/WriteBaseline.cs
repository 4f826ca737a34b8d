using System.Linq;

namespace AsyncPitfalls.Build;

/// <summary>Writes what the compiler has found as the baseline of a project.</summary>
public sealed class WriteBaseline : BaselineTask
{
    private protected override bool Run()
    {
        var findings = BaselineWriter.UnionOf(Logs.Select(log => CompilerLog.FindingsIn(log.ItemSpec, Folder))).ToList();
        var text = BaselineWriter.TextOf(findings);
        BuildFiles.Write(File, text);
        Tell(BuildText.Of("Baseline_Written", File, findings.Count));
        return true;
    }
}
