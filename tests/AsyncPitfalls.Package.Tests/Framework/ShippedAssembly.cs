using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>A static field that is no constant.</summary>
public sealed record StaticField(string Name, string Type, bool IsReadOnly);

/// <summary>What the metadata of an assembly says of all its code at once: whatever its methods call, a table names it.</summary>
public sealed class ShippedAssembly : IDisposable
{
    private readonly PEReader _image;
    private readonly MetadataReader _metadata;

    public ShippedAssembly(byte[] bytes)
    {
        _image = new PEReader(ImmutableArray.Create(bytes));
        _metadata = _image.GetMetadataReader();
    }

    public (string Name, Version Version) Identity => (_metadata.GetString(_metadata.GetAssemblyDefinition().Name), _metadata.GetAssemblyDefinition().Version);

    /// <summary>The assemblies that it references.</summary>
    public IEnumerable<(string Name, Version Version)> References => _metadata.AssemblyReferences
        .Select(_metadata.GetAssemblyReference)
        .Select(reference => (_metadata.GetString(reference.Name), reference.Version));

    /// <summary>The types of other assemblies that it names anywhere: in code, signatures, type arguments and attributes.</summary>
    public IEnumerable<string> Types => _metadata.TypeReferences.Select(handle => NameOf(handle)).Distinct();

    /// <summary>The methods and fields of other assemblies' types that it names: <c>System.IO.File::Exists(String)</c>; those of generic types and methods without their arguments.</summary>
    public IEnumerable<(string Type, string Signature)> Members => _metadata.MemberReferences
        .Select(_metadata.GetMemberReference)
        .Select(member => (Type: OwnerOf(member), Signature: _metadata.GetString(member.Name) + ParametersOf(member)))
        .Where(member => member.Type.Length > 0)
        .Distinct();

    /// <summary>What lets code be called that no table names as a member: methods of native libraries, and signatures of calls through pointers.</summary>
    public IEnumerable<string> UnnamedCalls =>
    [
        .. Enumerable.Range(1, _metadata.GetTableRowCount(TableIndex.ModuleRef)).Select(row =>
            "module " + _metadata.GetString(_metadata.GetModuleReference(MetadataTokens.ModuleReferenceHandle(row)).Name)),
        .. _metadata.MethodDefinitions.Select(_metadata.GetMethodDefinition)
            .Where(method => (method.Attributes & MethodAttributes.PinvokeImpl) != 0 || IsNative(method.ImplAttributes))
            .Select(method => "native " + _metadata.GetString(method.Name)),
        .. Enumerable.Range(1, _metadata.GetTableRowCount(TableIndex.StandAloneSig))
            .Select(row => _metadata.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(row)))
            .Where(signature => signature.GetKind() == StandaloneSignatureKind.Method)
            .Select(_ => "calli"),
    ];

    /// <summary>The methods that load one of some static fields, and write: an element of an array, or by a method of a collection. What fills the fields in the first place is left out.</summary>
    /// <param name="changes">The methods that change a collection, <c>System.Collections.Generic.HashSet`1::Add</c>.</param>
    public IEnumerable<string> WritersOf(IReadOnlySet<string> fields, IReadOnlySet<string> changes) => CodeOf(name => name is not ".cctor")
        .Where(method => method.Code.Any(step => step.Code == ILOpCode.Ldsfld && fields.Contains(FieldOf(step.Token))))
        .Where(method => method.Code.Any(step => step.Code is (>= ILOpCode.Stelem_i and <= ILOpCode.Stelem_ref) or ILOpCode.Stelem || IsCallOf(step, changes)))
        .Select(method => method.Name);

    /// <summary>The static fields that are no constants and that no compiler made up for lambdas, with their types.</summary>
    public IEnumerable<StaticField> StaticFields => _metadata.FieldDefinitions
        .Select(_metadata.GetFieldDefinition)
        .Where(one => (one.Attributes & (FieldAttributes.Static | FieldAttributes.Literal)) == FieldAttributes.Static)
        .Where(one => !IsMadeUp(one.GetDeclaringType()))
        .Select(one => new StaticField(
            Qualified(NameOf(one.GetDeclaringType()), _metadata.GetString(one.Name)),
            one.DecodeSignature(new TypeNames(this), null),
            (one.Attributes & FieldAttributes.InitOnly) != 0));

    /// <summary>Its own types whose objects never change once they are made: only their constructors fill their fields, as far as these are of the object itself.</summary>
    public IReadOnlySet<string> TypesThatNeverChange
    {
        get
        {
            var changed = CodeOf(name => name is not ".ctor").SelectMany(method => method.Code).Where(step => step.Code == ILOpCode.Stfld).Select(step => FieldOf(step.Token)).ToHashSet();
            return _metadata.TypeDefinitions
                .Where(handle => _metadata.GetTypeDefinition(handle).GetFields().All(own =>
                    (_metadata.GetFieldDefinition(own).Attributes & (FieldAttributes.Static | FieldAttributes.InitOnly)) != 0 || !changed.Contains(NameOf(own))))
                .Select(NameOf)
                .ToHashSet();
        }
    }

    public void Dispose() => _image.Dispose();

    private IEnumerable<(string Name, IReadOnlyList<(ILOpCode Code, int Token)> Code)> CodeOf(Func<string, bool> isAsked) =>
        from handle in _metadata.MethodDefinitions
        let method = _metadata.GetMethodDefinition(handle)
        let name = _metadata.GetString(method.Name)
        where method.RelativeVirtualAddress != 0 && isAsked(name)
        select (Qualified(NameOf(method.GetDeclaringType()), name), Instructions.In(_image.GetMethodBody(method.RelativeVirtualAddress)));

    /// <summary>The field of a token; that of a generic type without its arguments.</summary>
    private string FieldOf(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        return handle.Kind == HandleKind.FieldDefinition
            ? NameOf((FieldDefinitionHandle)handle)
            : Qualified(OwnerOf(_metadata.GetMemberReference((MemberReferenceHandle)handle)), _metadata.GetString(_metadata.GetMemberReference((MemberReferenceHandle)handle).Name));
    }

    private bool IsCallOf((ILOpCode Code, int Token) step, IReadOnlySet<string> methods) =>
        step.Code is ILOpCode.Call or ILOpCode.Callvirt
        && MetadataTokens.EntityHandle(step.Token) is { Kind: HandleKind.MemberReference } handle
        && _metadata.GetMemberReference((MemberReferenceHandle)handle) is var called
        && methods.Contains($"{OwnerOf(called)}::{_metadata.GetString(called.Name)}");

    // What the runtime itself provides, such as the methods of delegates, is not native.
    private static bool IsNative(MethodImplAttributes attributes) =>
        (attributes & MethodImplAttributes.CodeTypeMask) == MethodImplAttributes.Native || (attributes & MethodImplAttributes.InternalCall) != 0;

    private string OwnerOf(MemberReference member) => member.Parent.Kind switch
    {
        HandleKind.TypeReference => NameOf((TypeReferenceHandle)member.Parent),
        // A generic type or an array: what its arguments are does not matter here, and they are named by themselves.
        HandleKind.TypeSpecification => _metadata.GetTypeSpecification((TypeSpecificationHandle)member.Parent).DecodeSignature(new TypeNames(this), null).Split('<', '[')[0],
        _ => "",
    };

    private string ParametersOf(MemberReference member) => member.GetKind() == MemberReferenceKind.Field
        ? ""
        : $"({string.Join(", ", member.DecodeMethodSignature(new TypeNames(this), null).ParameterTypes.Select(type => type[(type.Split('<')[0].LastIndexOf('.') + 1)..]))})";

    // The classes in which the compiler keeps lambdas, and the bytes of literals.
    private bool IsMadeUp(TypeDefinitionHandle type) => NameOf(type) is var name && (name.Contains("+<>", StringComparison.Ordinal) || name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal));

    private string NameOf(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        var name = _metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? NameOf((TypeReferenceHandle)type.ResolutionScope) + "+" + name
            : Qualified(_metadata.GetString(type.Namespace), name);
    }

    private string NameOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        var name = _metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? NameOf(outer) + "+" + name : Qualified(_metadata.GetString(type.Namespace), name);
    }

    private string NameOf(FieldDefinitionHandle handle)
    {
        var found = _metadata.GetFieldDefinition(handle);
        return Qualified(NameOf(found.GetDeclaringType()), _metadata.GetString(found.Name));
    }

    private static string Qualified(string space, string name) => space.Length == 0 ? name : space + "." + name;

    /// <summary>Types by their full names, <c>System.Func`2&lt;System.String,System.Int32&gt;</c>.</summary>
    private sealed class TypeNames(ShippedAssembly assembly) : ISignatureTypeProvider<string, object?>
    {
        public string GetArrayType(string elementType, ArrayShape shape) => elementType + "[]";

        public string GetByReferenceType(string elementType) => elementType + "&";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "method*";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(",", typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => "!!" + index;

        public string GetGenericTypeParameter(object? genericContext, int index) => "!" + index;

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "System." + typeCode;

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => assembly.NameOf(handle);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => assembly.NameOf(handle);

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }
}
