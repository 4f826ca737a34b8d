using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<TodoStore>();
builder.Services.AddHttpClient();

var app = builder.Build();

app.Use(async (context, next) =>
{
    var started = Environment.TickCount64;
    await next(context);
    app.Logger.LogInformation("{Path} took {Elapsed} ms", context.Request.Path, Environment.TickCount64 - started);
});

app.Use((context, next) => context.Request.Path == "/closed" ? Task.CompletedTask : next(context));

app.MapGet("/", () => "Hello");
app.MapGet("/todos", (TodoStore store) => store.All());
app.MapGet("/todos/{id:int}", async (int id, TodoStore store, CancellationToken cancellation) =>
    await store.FindAsync(id, cancellation) is { } todo ? Results.Ok(todo) : Results.NotFound());

app.MapPost("/todos", async Task<IResult> (Todo todo, TodoStore store, ILogger<TodoStore> logger, CancellationToken cancellation) =>
{
    var saved = await store.AddAsync(todo, cancellation);
    logger.LogInformation("Saved {Id}", saved.Id);
    return Results.Created($"/todos/{saved.Id}", saved);
});

app.MapGet("/summary", async (IHttpClientFactory clients, CancellationToken cancellation) =>
{
    using var client = clients.CreateClient();
    var news = client.GetStringAsync("https://example.org/news", cancellation);
    var weather = client.GetStringAsync("https://example.org/weather", cancellation);
    await Task.WhenAll(news, weather);
    return news.Result.Length + weather.Result.Length;
});

app.MapDelete("/todos/{id:int}", DeleteAsync);
app.MapGroup("/admin").AddEndpointFilter(async (context, next) =>
{
    var result = await next(context);
    return result ?? Results.NoContent();
});

app.MapFallback(context => context.Response.WriteAsync("Nothing here"));

app.Run();

static async Task<IResult> DeleteAsync(int id, TodoStore store, CancellationToken cancellation)
{
    var removed = await store.RemoveAsync(id, cancellation);
    return removed ? Results.NoContent() : Results.NotFound();
}

internal sealed record Todo(int Id, string Title);

internal sealed class TodoStore
{
    private readonly ConcurrentDictionary<int, Todo> todos = new();
    private readonly SemaphoreSlim gate = new(1);
    private int last;

    public IEnumerable<Todo> All() => todos.Values;

    public ValueTask<Todo?> FindAsync(int id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new ValueTask<Todo?>(todos.TryGetValue(id, out var todo) ? todo : null);
    }

    public async Task<Todo> AddAsync(Todo todo, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            var saved = todo with { Id = ++last };
            todos[saved.Id] = saved;
            return saved;
        }
        finally
        {
            gate.Release();
        }
    }

    public Task<bool> RemoveAsync(int id, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested ? Task.FromCanceled<bool>(cancellation) : Task.FromResult(todos.TryRemove(id, out _));

    public async IAsyncEnumerable<Todo> StreamAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var todo in todos.Values)
        {
            await Task.Delay(10, cancellation);
            yield return todo;
        }
    }
}
