using System.ComponentModel;
using System.Windows.Forms;

namespace Files.App
{
    public sealed class MainForm : Form
    {
        private readonly ListBox list = new ListBox();
        private readonly Button search = new Button();
        private CancellationTokenSource? cancellation;

        public MainForm()
        {
            Controls.Add(list);
            Controls.Add(search);
            search.Click += OnSearchClick;
            Shown += async (sender, e) =>
            {
                try
                {
                    await Task.Delay(100);
                    search.Focus();
                }
                catch (ObjectDisposedException)
                {
                }
                catch (Exception exception)
                {
                    Text = exception.Message;
                }
            };
        }

        public void Report(string line)
        {
            if (InvokeRequired)
            {
                BeginInvoke(new Action<string>(Report), line);
                return;
            }

            list.Items.Add(line);
        }

        public void ReportNow(string line)
        {
            if (list.InvokeRequired)
                list.Invoke(new Action(() => list.Items.Add(line)));
            else
                list.Items.Add(line);
        }

        private async void OnSearchClick(object? sender, EventArgs e)
        {
            cancellation?.Cancel();
            cancellation = new CancellationTokenSource();
            var progress = new Progress<string>(line => list.Items.Add(line));
            try
            {
                var count = await Task.Run(() => Search(".", progress, cancellation.Token));
                Text = $"{count} files";
            }
            catch (OperationCanceledException)
            {
                Text = "Stopped";
            }
            catch (Exception exception)
            {
                Text = exception.Message;
            }
        }

        private static int Search(string folder, IProgress<string> progress, CancellationToken token)
        {
            var count = 0;
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                token.ThrowIfCancellationRequested();
                progress.Report(file);
                count++;
            }

            return count;
        }
    }

    public sealed class Worker
    {
        private readonly ISynchronizeInvoke target;
        private readonly SynchronizationContext context;

        public Worker(ISynchronizeInvoke target, SynchronizationContext context)
        {
            this.target = target;
            this.context = context;
        }

        public void Work(Action report)
        {
            Thread.Sleep(10);
            target.Invoke(report, null);
            context.Send(_ => report(), null);
        }

        public async Task WorkAsync(Action report)
        {
            await Task.Delay(10);
            target.BeginInvoke(report, null);
            context.Post(_ => report(), null);
        }
    }

    public static class Program
    {
        [STAThread]
        public static void Main()
        {
            Application.EnableVisualStyles();
            Application.Run(new MainForm());
        }
    }
}
