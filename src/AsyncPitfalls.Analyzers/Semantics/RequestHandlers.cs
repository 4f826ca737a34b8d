using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which functions answer requests: controller actions, Razor page handlers, minimal API delegates, middleware, endpoint
/// filters, SignalR hub methods and gRPC service methods. It follows the discovery rules of ASP.NET Core
/// (<c>ControllerFeatureProvider</c>, <c>DefaultPageApplicationModelPartsProvider</c>, <c>UseMiddlewareExtensions</c>), but
/// never goes by the name of a class alone.
/// </summary>
internal sealed class RequestHandlers(AsyncModel model)
{
    private static readonly string[] Verbs = ["Get", "Post", "Put", "Delete", "Patch", "Head", "Options"];

    /// <summary>Whether a method answers requests by its declaration.</summary>
    public bool IsDeclared(IMethodSymbol method) =>
        !method.IsStatic
        && (Inheritance.Implements(method, model.Types.Middleware)
            || Inheritance.Implements(method, model.Types.EndpointFilter)
            || method is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary }
            && (IsAction(method) || IsPageHandler(method) || IsConventionalMiddleware(method) || IsHubMethod(method) || IsGrpcMethod(method))
            && !IsOfObject(method));

    /// <summary>Whether a delegate is handed over to answer requests: as an endpoint's handler, as middleware, or as a filter.</summary>
    public bool IsHandedOver(HandOver handOver)
    {
        if (KnownTypes.Same(handOver.Delegate, model.Types.RequestDelegate))
            return true;
        if (handOver is not { Receiver: IInvocationOperation call, Parameter: { } parameter } || !Configures(call))
            return false;
        return parameter.Type.SpecialType == SpecialType.System_Delegate
            || IsOfRequest((parameter.Type as INamedTypeSymbol)?.DelegateInvokeMethod?.Parameters.FirstOrDefault()?.Type);
    }

    /// <summary>Whether a method looks like a <c>RequestDelegate</c>, so that one that is kept may be made of it.</summary>
    public bool MayBeKept(IMethodSymbol method) =>
        model.Types.RequestDelegate is not null
        && method is { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, Parameters.Length: 1, IsGenericMethod: false }
        && KnownTypes.Same(method.Parameters[0].Type, model.Types.HttpContext)
        && KnownTypes.SameOrBelow(method.ReturnType, model.Types.Task);

    private bool IsOfRequest(ITypeSymbol? argument) =>
        KnownTypes.SameOrBelow(argument, model.Types.HttpContext)
        || KnownTypes.SameOrBelow(argument, model.Types.EndpointFilterInvocationContext);

    /// <summary>Whether a call configures the endpoints or the pipeline of a web application.</summary>
    private bool Configures(IInvocationOperation call)
    {
        var configured = call.Instance?.Type ?? call.TargetMethod.Parameters.FirstOrDefault()?.Type;
        return KnownTypes.SameOrBelow(configured, model.Types.EndpointRouteBuilder)
            || KnownTypes.SameOrBelow(configured, model.Types.EndpointConventionBuilder)
            || KnownTypes.SameOrBelow(configured, model.Types.ApplicationBuilder);
    }

    private bool IsAction(IMethodSymbol method) =>
        !method.IsGenericMethod && IsController(method.ContainingType) && !Inheritance.HasAttribute(method, model.Types.NonActionAttribute);

    private bool IsController(INamedTypeSymbol type) =>
        KnownTypes.SameOrBelow(type, model.Types.SystemWebController)
        || KnownTypes.SameOrBelow(type, model.Types.SystemWebApiController)
        || (KnownTypes.SameOrBelow(type, model.Types.ControllerBase) || Inheritance.HasAttribute(type, model.Types.ControllerAttribute))
        && !Inheritance.HasAttribute(type, model.Types.NonControllerAttribute);

    private bool IsPageHandler(IMethodSymbol method) =>
        !method.IsGenericMethod
        && (KnownTypes.SameOrBelow(method.ContainingType, model.Types.PageModel) || Inheritance.HasAttribute(method.ContainingType, model.Types.PageModelAttribute))
        && Verbs.Any(verb => NamesVerb(method.Name, verb))
        && !Inheritance.HasAttribute(method, model.Types.NonHandlerAttribute);

    /// <summary>Whether a method is named <c>OnGet</c>, <c>OnGetAsync</c> or <c>OnGetSomething</c>, but not <c>OnGetting</c>.</summary>
    private static bool NamesVerb(string name, string verb) =>
        name.StartsWith("On" + verb, StringComparison.Ordinal)
        && (name.Length == verb.Length + 2 || !char.IsLower(name[verb.Length + 2]));

    private bool IsConventionalMiddleware(IMethodSymbol method) =>
        method.Name is "Invoke" or "InvokeAsync"
        && KnownTypes.SameOrBelow(method.Parameters.FirstOrDefault()?.Type, model.Types.HttpContext)
        && method.ContainingType.InstanceConstructors.Any(constructor =>
            constructor.Parameters.Any(parameter => KnownTypes.Same(parameter.Type, model.Types.RequestDelegate)));

    private bool IsHubMethod(IMethodSymbol method) =>
        KnownTypes.SameOrBelow(method.ContainingType, model.Types.Hub) && !Inheritance.Implements(method, model.Types.Disposable);

    private bool IsGrpcMethod(IMethodSymbol method) =>
        method.IsOverride && method.Parameters.Any(parameter => KnownTypes.SameOrBelow(parameter.Type, model.Types.ServerCallContext));

    private static bool IsOfObject(IMethodSymbol method) =>
        Inheritance.Chain(method).Last().ContainingType.SpecialType == SpecialType.System_Object;
}
