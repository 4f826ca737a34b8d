using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Windows;
using System.Windows.Controls;
using System.Windows.Input;
using System.Windows.Threading;

namespace Notes.App
{
    public sealed class AsyncCommand : ICommand
    {
        private readonly Func<Task> run;
        private bool isRunning;

        public AsyncCommand(Func<Task> run) => this.run = run;

        public event EventHandler? CanExecuteChanged;

        public bool CanExecute(object? parameter) => !isRunning;

        public async void Execute(object? parameter)
        {
            isRunning = true;
            CanExecuteChanged?.Invoke(this, EventArgs.Empty);
            try
            {
                await run();
            }
            catch (Exception exception)
            {
                MessageBox.Show(exception.Message);
            }
            finally
            {
                isRunning = false;
                CanExecuteChanged?.Invoke(this, EventArgs.Empty);
            }
        }
    }

    public sealed class NotesViewModel : INotifyPropertyChanged
    {
        private readonly Dispatcher dispatcher;
        private string text = "";

        public NotesViewModel(Dispatcher dispatcher)
        {
            this.dispatcher = dispatcher;
            Load = new AsyncCommand(LoadAsync);
        }

        public event PropertyChangedEventHandler? PropertyChanged;

        public ICommand Load { get; }

        public string Text
        {
            get => text;
            set
            {
                text = value;
                OnChanged();
            }
        }

        public void Report(string value)
        {
            if (dispatcher.CheckAccess())
                Text = value;
            else
                dispatcher.BeginInvoke(new Action(() => Text = value));
        }

        public void ReportFromBackground(string value)
        {
            if (!dispatcher.CheckAccess())
            {
                dispatcher.Invoke(() => Report(value));
                return;
            }

            Text = value;
        }

        private async Task LoadAsync()
        {
            using (var client = new HttpClient())
            {
                var loaded = await client.GetStringAsync("https://example.org/note").ConfigureAwait(false);
                await dispatcher.InvokeAsync(() => Text = loaded);
                await dispatcher.InvokeAsync(() => OnChanged(nameof(Text)), DispatcherPriority.Background);
            }
        }

        private void OnChanged([CallerMemberName] string name = "") =>
            PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(name));
    }

    public sealed class NotesWindow : Window
    {
        private readonly TextBox box = new TextBox();
        private readonly DispatcherTimer timer = new DispatcherTimer();

        public NotesWindow()
        {
            Content = box;
            Loaded += OnLoaded;
            timer.Tick += async (sender, e) =>
            {
                try
                {
                    await SaveAsync();
                }
                catch (Exception exception)
                {
                    Title = exception.Message;
                }
            };
            timer.Interval = TimeSpan.FromSeconds(30);
            timer.Start();
        }

        protected override async void OnClosed(EventArgs e)
        {
            base.OnClosed(e);
            timer.Stop();
            try
            {
                await SaveAsync();
            }
            catch (IOException)
            {
                // The disk is gone; there is nothing to say it to.
            }
            catch (Exception exception)
            {
                MessageBox.Show(exception.Message);
            }
        }

        private async void OnLoaded(object sender, RoutedEventArgs e)
        {
            try
            {
                using (var reader = new StreamReader("note.txt"))
                    box.Text = await reader.ReadToEndAsync();
            }
            catch (Exception exception) when (Report(exception))
            {
            }
            catch
            {
                Close();
            }
        }

        private bool Report(Exception exception)
        {
            Title = exception.Message;
            return exception is IOException;
        }

        private async Task SaveAsync()
        {
            var text = box.Text;
            await Task.Run(() => File.WriteAllText("note.txt", text));
            await Dispatcher.Yield();
        }
    }

    public static class Program
    {
        [STAThread]
        public static void Main()
        {
            var application = new Application();
            application.Run(new NotesWindow());
        }
    }
}
