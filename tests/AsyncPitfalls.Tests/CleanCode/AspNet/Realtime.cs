using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Shop.Realtime;

public interface IChatClient
{
    Task Receive(string user, string text);
}

public sealed class ChatHub : Hub<IChatClient>
{
    public async Task Send(string user, string text)
    {
        await Clients.Caller.Receive(user, text);
        await Clients.Others.Receive(user, text);
    }

    public Task Broadcast(string text) => Clients.All.Receive("all", text);

    public override async Task OnConnectedAsync()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, "lobby");
        await base.OnConnectedAsync();
    }
}

public sealed class PlainHub : Hub
{
    public Task Send(string text) => Clients.All.SendAsync("message", text);

    public async IAsyncEnumerable<int> Count(int until)
    {
        for (var number = 0; number < until; number++)
        {
            await Task.Delay(100);
            yield return number;
        }
    }
}

public sealed class CorrelationMiddleware
{
    private readonly RequestDelegate next;

    public CorrelationMiddleware(RequestDelegate next) => this.next = next;

    public async Task InvokeAsync(HttpContext context, ILogger<CorrelationMiddleware> logger)
    {
        using (logger.BeginScope("{Id}", context.TraceIdentifier))
            await next(context);
    }
}

public sealed class Gatekeeper : IMiddleware
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.ContainsKey("X-Key"))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}

public sealed class IndexModel : PageModel
{
    private readonly HttpClient client;

    public IndexModel(HttpClient client) => this.client = client;

    public string News { get; private set; } = "";

    public async Task OnGetAsync() => News = await client.GetStringAsync("https://example.org/news");

    public void OnPost() => News = "";
}
