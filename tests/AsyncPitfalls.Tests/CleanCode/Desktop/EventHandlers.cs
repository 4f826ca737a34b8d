using System.ComponentModel;
using System.Diagnostics;
using System.Windows;
using System.Windows.Controls;
using System.Windows.Input;

namespace Player.App
{
    public sealed class TrackEventArgs : EventArgs
    {
        public TrackEventArgs(string title) => Title = title;

        public string Title { get; }
    }

    public delegate void VolumeHandler(int from, int to);

    public sealed class Engine
    {
        public event EventHandler<TrackEventArgs>? TrackChanged;

        public event Action? Stopped;

        public event VolumeHandler? VolumeChanged;

        public static event Action<string>? Failed;

        public void Raise()
        {
            TrackChanged?.Invoke(this, new TrackEventArgs(""));
            Stopped?.Invoke();
            VolumeChanged?.Invoke(0, 1);
            Failed?.Invoke("");
        }
    }

    public interface IStartable
    {
        void Start();
    }

    public class Recorder
    {
        public async void Start()
        {
            try
            {
                await Task.Delay(10);
            }
            catch (Exception exception)
            {
                Trace.TraceError(exception.ToString());
            }
        }
    }

    public sealed class StartableRecorder : Recorder, IStartable
    {
    }

    public sealed partial class PlayerWindow : Window
    {
        private readonly Engine engine = new Engine();
        private readonly BackgroundWorker worker = new BackgroundWorker();
        private bool isBusy;

        public PlayerWindow()
        {
            engine.TrackChanged += OnTrackChanged;
            engine.Stopped += OnStopped;
            engine.VolumeChanged += new VolumeHandler(OnVolumeChanged);
            Engine.Failed += OnFailed;
            worker.RunWorkerCompleted += (sender, e) => Title = "done";
            AddHandler(Button.ClickEvent, new RoutedEventHandler(OnAnyClick));
            Closed += delegate { Engine.Failed -= OnFailed; };
        }

        protected override async void OnMouseDoubleClick(MouseButtonEventArgs e)
        {
            base.OnMouseDoubleClick(e);
            if (isBusy)
                return;
            isBusy = true;
            try
            {
                await PlayAsync("");
            }
            catch
            {
                Title = "failed";
            }
            finally
            {
                isBusy = false;
            }
        }

        private async void OnTrackChanged(object? sender, TrackEventArgs e)
        {
            await Task.Delay(10);
            try
            {
                await PlayAsync(e.Title);
            }
            catch (OperationCanceledException)
            {
                Title = "cancelled";
            }
            catch (Exception exception)
            {
                Trace.TraceError(exception.ToString());
            }
        }

        private async void OnStopped()
        {
            await Task.Yield();
            try
            {
                await PlayAsync("");
            }
            catch (Exception exception) when (!IsCritical(exception))
            {
                Title = exception.Message;
            }
        }

        private async void OnVolumeChanged(int from, int to)
        {
            for (var step = from; step < to; step++)
            {
                try
                {
                    await PlayAsync(step.ToString());
                }
                catch (Exception exception)
                {
                    Title = exception.Message;
                }
            }
        }

        private async void OnFailed(string message)
        {
            try
            {
                await PlayAsync(message);
            }
            catch (Exception exception)
            {
                if (IsCritical(exception))
                    throw;
                Title = exception.Message;
            }
        }

        private async void OnAnyClick(object sender, RoutedEventArgs e)
        {
            try
            {
                await PlayAsync("");
            }
            catch (Exception exception)
            {
                Title = exception.Message;
            }
        }

        private static bool IsCritical(Exception exception) => exception is OutOfMemoryException;

        private static Task PlayAsync(string title) => Task.Delay(title.Length);
    }
}
