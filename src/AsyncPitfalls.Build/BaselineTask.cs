using System;
using System.IO;
using AsyncPitfalls.Baselines;
using Microsoft.Build.Framework;

namespace AsyncPitfalls.Build;

/// <summary>The base of the tasks that <c>AsyncPitfalls.Baseline.targets</c> runs.</summary>
public abstract class BaselineTask : ITask
{
    /// <inheritdoc/>
    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <inheritdoc/>
    public ITaskHost HostObject { get; set; } = null!;

    /// <summary>The compiler's logs, one for each target framework, with the metadata <c>Sources</c>: a file that lists what was compiled.</summary>
    [Required]
    public ITaskItem[] Logs { get; set; } = [];

    /// <summary>The baseline.</summary>
    [Required]
    public string File { get; set; } = "";

    private protected string Folder => RelativePath.FolderOf(File);

    /// <inheritdoc/>
    public bool Execute()
    {
        if (!BaselineFile.IsNameOfOne(File))
            return Fail("APBASELINE2", 0, BuildText.Of("Baseline_Name", BaselineFile.Name));
        try
        {
            return Run();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BaselineFault)
        {
            return Fail("APBASELINE2", 0, BuildText.Of("Baseline_Failed", exception.Message));
        }
    }

    private protected abstract bool Run();

    private protected bool Fail(string code, int line, string message)
    {
        BuildEngine.LogErrorEvent(new BuildErrorEventArgs(subcategory: "", code, File, line, 0, 0, 0, message, helpKeyword: null, senderName: GetType().Name));
        return false;
    }

    private protected void Tell(string message) =>
        BuildEngine.LogMessageEvent(new BuildMessageEventArgs(message, helpKeyword: null, GetType().Name, MessageImportance.High));
}
