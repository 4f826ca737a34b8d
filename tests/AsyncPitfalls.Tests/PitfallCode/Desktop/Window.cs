using System.Windows;
using System.Windows.Threading;

namespace Pitfalls
{
    public sealed class MainWindow : Window
    {
        private readonly SynchronizationContext ui = SynchronizationContext.Current!;

        public MainWindow()
        {
            Loaded += OnLoaded;
            Unloaded += {|AP0027:async|} (sender, e) => await SaveAsync();
        }

        public async Task ShowAsync(string text)
        {
            await Task.Delay(10).ConfigureAwait(false);
            Dispatcher.{|AP0004:Invoke|}(() => Title = text);
            Dispatcher.InvokeAsync(() => Title = text).{|AP0004:Wait|}();
            ui.{|AP0004:Send|}(_ => Title = text, null);
        }

        private void OnLoaded(object sender, RoutedEventArgs e)
        {
            Title = LoadAsync().{|AP0002:Result|};
            Dispatcher.{|AP0003:PushFrame|}(new DispatcherFrame());
        }

        private async void {|AP0027:OnClick|}(object sender, RoutedEventArgs e)
        {
            await SaveAsync();
        }

        private void Save() => SaveAll();

        private async void {|AP0009:SaveAll|}()
        {
            await SaveAsync();
            Title = "saved";
        }

        private static async Task SaveAsync() => await Task.Delay(10);

        private static async Task<string> LoadAsync()
        {
            await Task.Yield();
            return "";
        }
    }
}
