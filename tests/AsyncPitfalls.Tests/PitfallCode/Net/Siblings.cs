namespace Pitfalls
{
    public sealed class Node
    {
        public Node? Next() => null;

        public Task<Node?> NextAsync() => Task.FromResult<Node?>(null);

        public int Count() => 1;

        public Task<int> CountAsync() => Task.FromResult(1);
    }

    public sealed class Siblings
    {
        public async Task<int> ReadAsync(Node? node, string path, Stream target, CancellationToken token)
        {
            {|AP0028:using|} var file = File.Open(path, FileMode.Open);
            file.{|AP0028:CopyTo|}(target);
            target?.{|AP0028:Flush|}();
            File.{|AP0028:WriteAllText|}(path, File.{|AP0028:ReadAllText|}(path));
            var counted = node?.{|AP0028:Next|}()?.{|AP0028:Count|}();
            await Task.Delay(1, token);
            return counted ?? 0;
        }
    }
}
