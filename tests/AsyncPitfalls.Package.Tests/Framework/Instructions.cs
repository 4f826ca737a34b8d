using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>Reads the code of a method.</summary>
public static class Instructions
{
    private static readonly Dictionary<ILOpCode, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(one => (OpCode)one.GetValue(null)!)
        .ToDictionary(code => (ILOpCode)(ushort)code.Value, code => code.OperandType);

    /// <summary>Its instructions in their order, with the token that an instruction has; 0 where it has none.</summary>
    public static IReadOnlyList<(ILOpCode Code, int Token)> In(MethodBodyBlock body)
    {
        var steps = new List<(ILOpCode, int)>();
        for (var reader = body.GetILReader(); reader.RemainingBytes > 0;)
        {
            int first = reader.ReadByte();
            var code = (ILOpCode)(first == 0xFE ? 0xFE00 | reader.ReadByte() : first);
            var token = 0;
            switch (Operands[code])
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineSig or OperandType.InlineString:
                    token = reader.ReadInt32();
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    reader.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    reader.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    reader.Offset += 8;
                    break;
                case OperandType.InlineSwitch:
                    var targets = reader.ReadInt32();
                    reader.Offset += 4 * targets;
                    break;
                default:
                    reader.Offset += 4;
                    break;
            }

            steps.Add((code, token));
        }

        return steps;
    }
}
