using System;
using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Baselines;
using Microsoft.Build.Framework;

namespace AsyncPitfalls.Build;

/// <summary>Fails where a baseline knows findings that are no more, so that baselines shrink.</summary>
public sealed class CheckBaseline : BaselineTask
{
    private protected override bool Run()
    {
        if (!BuildFiles.Exists(File))
            return true;
        if (Read() is not { } baseline)
            return false;

        var found = new HashSet<int>(Logs.SelectMany(log => TwinsIn(log, baseline)));
        foreach (var (finding, line) in baseline.Findings.Where((_, index) => !found.Contains(index)))
            Fail("APBASELINE1", line, BuildText.Of("Baseline_Mended", finding.Rule, finding.Path, finding.Line));
        return found.Count == baseline.Findings.Count;
    }

    private BaselineFile? Read()
    {
        using var text = BuildFiles.Open(File);
        try
        {
            return BaselineFile.Read(text);
        }
        catch (BaselineFault fault)
        {
            Fail("AP9003", fault.Line, BuildText.Of("AP9003_Message", RelativePath.NameOf(File), BuildText.Of("AP9003_Reason_" + fault.Kind, fault.Line, fault.Tool)));
            return null;
        }
    }

    /// <summary>The findings of the baseline that one target framework still has, by their places in it.</summary>
    private IEnumerable<int> TwinsIn(ITaskItem log, BaselineFile baseline)
    {
        var present = new HashSet<string>(
            BuildFiles.LinesOf(log.GetMetadata("Sources")).Select(source => RelativePath.Of(Folder, source)), StringComparer.Ordinal);
        return new BaselineMatch(baseline, present).TwinsOf(CompilerLog.FindingsIn(log.ItemSpec, Folder)).OfType<int>();
    }
}
