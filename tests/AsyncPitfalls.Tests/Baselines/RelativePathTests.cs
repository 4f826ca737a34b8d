using AsyncPitfalls.Baselines;

namespace AsyncPitfalls.Tests.Baselines;

public sealed class RelativePathTests
{
    [Theory]
    [InlineData("/src/App/", "/src/App/Program.cs", "Program.cs")]
    [InlineData("/src/App/", "/src/App/Data/文件 1.cs", "Data/文件 1.cs")]
    [InlineData("/src/App", "/src/Shared/Clock.cs", "../Shared/Clock.cs")]
    [InlineData("/src/App/", "/src/App/../Shared/./Clock.cs", "../Shared/Clock.cs")]
    [InlineData("/src/App/", "/src/AppTests/Clock.cs", "../AppTests/Clock.cs")]
    [InlineData("/", "/Test/Test.cs", "Test/Test.cs")]
    [InlineData(@"C:\src\App\", @"C:\src\App\Data\File.cs", "Data/File.cs")]
    [InlineData(@"C:\src\App\", @"c:\SRC\Shared\Clock.cs", "../Shared/Clock.cs")]
    [InlineData(@"\\server\share\App\", @"\\server\share\Shared\Clock.cs", "../Shared/Clock.cs")]
    [InlineData("/src/App/", @"Data\File.cs", "Data/File.cs")]
    public void A_path_leads_from_the_folder(string folder, string file, string expected) =>
        Assert.Equal(expected, RelativePath.Of(folder, file));

    [Theory]
    [InlineData(@"C:\src\App\", @"D:\cache\Clock.cs")]
    [InlineData(@"C:\src\App\", @"C:\cache\Clock.cs")]
    [InlineData("/src/App/", "/cache/Clock.cs")]
    [InlineData("", "/home/me/Clock.cs")]
    public void A_path_that_would_tell_of_the_machine_is_the_name_alone(string folder, string file) =>
        Assert.Equal("Clock.cs", RelativePath.Of(folder, file));

    [Fact]
    public void Folders_that_differ_in_case_are_two_where_they_can_be() =>
        Assert.Equal("../app/File.cs", RelativePath.Of("/src/App/", "/src/app/File.cs"));

    [Theory]
    [InlineData("/a/b.cs", "/a/", "b.cs")]
    [InlineData(@"C:\a\b.cs", @"C:\a\", "b.cs")]
    [InlineData("b.cs", "", "b.cs")]
    public void A_file_has_a_folder_and_a_name(string file, string folder, string name) =>
        Assert.Equal((folder, name), (RelativePath.FolderOf(file), RelativePath.NameOf(file)));
}
