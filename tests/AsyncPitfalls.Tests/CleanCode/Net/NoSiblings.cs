using System.IO.Compression;
using System.Text;

namespace Clean
{
    public sealed class NoSiblings
    {
        private readonly object gate = new();
        private readonly Dictionary<int, string> known = new();

        public static async Task<byte[]> CompressAsync(string text, CancellationToken token)
        {
            await Task.Delay(1, token);
            using var memory = new MemoryStream();
            using (var zip = new GZipStream(memory, CompressionMode.Compress, leaveOpen: true))
            using (var writer = new StreamWriter(zip, Encoding.UTF8))
                writer.Write(text);
            memory.Flush();
            return memory.ToArray();
        }

        public static async Task<string> FirstLineAsync(string path, CancellationTokenSource source)
        {
            using var reader = new StreamReader(path);
            var line = await reader.ReadLineAsync(source.Token);
            source.Cancel();
            Console.Out.WriteLine(line);
            using var words = new StringReader(line ?? "");
            return words.ReadToEnd();
        }

        public async Task<string> GetAsync(int id)
        {
            await Task.Yield();
            lock (gate)
                return known.TryGetValue(id, out var text) ? text : Get(id);
        }

        public string Get(int id) => known[id];

        public static int Count(string path) => File.ReadAllLines(path).Length;
    }
}
