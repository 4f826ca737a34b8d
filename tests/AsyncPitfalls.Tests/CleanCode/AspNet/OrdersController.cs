using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Logging;

namespace Shop.Web;

public sealed record Order(int Id, [Required] string Customer, decimal Total);

public interface IOrders
{
    Task<Order?> FindAsync(int id, CancellationToken cancellation);
    Task<IReadOnlyList<Order>> OfAsync(string customer, CancellationToken cancellation);
    Task SaveAsync(Order order, CancellationToken cancellation);
    IAsyncEnumerable<Order> AllAsync(CancellationToken cancellation);
}

public interface IMail
{
    ValueTask SendAsync(string to, string text);
}

[ApiController]
[Route("orders")]
public sealed class OrdersController : ControllerBase
{
    private readonly IOrders orders;
    private readonly IMail mail;
    private readonly ILogger<OrdersController> logger;

    public OrdersController(IOrders orders, IMail mail, ILogger<OrdersController> logger)
    {
        this.orders = orders;
        this.mail = mail;
        this.logger = logger;
    }

    [HttpGet("{id:int}")]
    public async Task<ActionResult<Order>> Get(int id, CancellationToken cancellation)
    {
        var order = await orders.FindAsync(id, cancellation).ConfigureAwait(false);
        return order is null ? NotFound() : order;
    }

    [HttpGet]
    public Task<IReadOnlyList<Order>> Of(string customer, CancellationToken cancellation) => orders.OfAsync(customer, cancellation);

    [HttpGet("stream")]
    public IAsyncEnumerable<Order> Stream(CancellationToken cancellation) => orders.AllAsync(cancellation);

    [HttpGet("version")]
    public IActionResult Version() => Ok("1.0");

    [HttpPost]
    public async Task<IActionResult> Post(Order order, CancellationToken cancellation)
    {
        logger.LogInformation("Order of {Customer}", order.Customer);
        await orders.SaveAsync(order, cancellation);
        try
        {
            await mail.SendAsync(order.Customer, "Thank you");
        }
        catch (IOException exception)
        {
            logger.LogError(exception, "No mail to {Customer}", order.Customer);
        }

        return CreatedAtAction(nameof(Get), new { id = order.Id }, order);
    }

    [HttpPut("{id:int}")]
    public async Task<IActionResult> Put(int id, Order order, CancellationToken cancellation)
    {
        var old = orders.FindAsync(id, cancellation);
        var others = orders.OfAsync(order.Customer, cancellation);
        await Task.WhenAll(old, others);
        if (old.Result is null)
            return NotFound();
        var saves = others.Result.Select(other => orders.SaveAsync(other, cancellation)).ToList();
        saves.Add(orders.SaveAsync(order, cancellation));
        while (saves.Count > 0)
        {
            var done = await Task.WhenAny(saves);
            saves.Remove(done);
            await done;
        }

        return NoContent();
    }

    [NonAction]
    public Task AuditAsync(string what) => mail.SendAsync("audit", what).AsTask();
}

public sealed class TimingFilter : IAsyncActionFilter
{
    private readonly ILogger<TimingFilter> logger;

    public TimingFilter(ILogger<TimingFilter> logger) => this.logger = logger;

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var started = DateTime.UtcNow;
        var executed = await next();
        if (executed.Exception is not null)
            logger.LogWarning(executed.Exception, "Failed after {Elapsed}", DateTime.UtcNow - started);
    }
}
