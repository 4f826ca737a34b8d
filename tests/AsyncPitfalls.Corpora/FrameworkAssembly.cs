using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AsyncPitfalls.Corpora;

/// <summary>What the metadata of an assembly says.</summary>
internal sealed record FrameworkAssembly(string Path, string Name, ImmutableArray<byte> PublicKey, ImmutableArray<string> Referenced, int AsyncFunctions)
{
    public static FrameworkAssembly Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var assembly = metadata.GetAssemblyDefinition();
        return new FrameworkAssembly(
            path,
            metadata.GetString(assembly.Name),
            [.. metadata.GetBlobBytes(assembly.PublicKey)],
            [.. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))],
            metadata.TypeDefinitions.Count(type => IsStateMachine(metadata.GetTypeDefinition(type), metadata)));
    }

    // The compiler makes a nested type with this interface of each async function.
    private static bool IsStateMachine(TypeDefinition type, MetadataReader metadata) => type.GetInterfaceImplementations()
        .Select(handle => metadata.GetInterfaceImplementation(handle).Interface)
        .Any(handle => handle.Kind == HandleKind.TypeReference
            && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)handle).Name, "IAsyncStateMachine"));
}
